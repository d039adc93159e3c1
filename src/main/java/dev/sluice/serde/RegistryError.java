package dev.sluice.serde;

/** Error codes of the registry protocol; the first three digits are the HTTP status. */
enum RegistryError {
    SUBJECT_NOT_FOUND(40401),
    VERSION_NOT_FOUND(40402),
    SCHEMA_NOT_FOUND(40403),
    INVALID_SCHEMA(42201),
    INVALID_VERSION(42202),
    OUR_FAULT(50001);

    private final int code;

    RegistryError(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    int httpStatus() {
        return code / 100;
    }
}
