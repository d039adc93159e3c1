package dev.sluice.serde;

/** Which part of a Kafka record a serde works on. */
enum RecordPart {
    KEY("key"),
    VALUE("value");

    private final String word;

    RecordPart(String word) {
        this.word = word;
    }

    String suffix() {
        return "-" + word;
    }

    /** Header that holds the schema's GUID where the payload holds no id. */
    String schemaHeader() {
        return "__" + word + "_schema_id";
    }

    String namingSetting() {
        return word + ".subject.name.strategy";
    }

    static RecordPart of(boolean isKey) {
        return isKey ? KEY : VALUE;
    }
}
