"""Writes and reads one record with Confluent's Python client.

Usage: python_client.py CLIENT write|read REGISTRY_URL TOPIC, where CLIENT is modern (AvroSerializer, needs fastavro) or
legacy (MessageSerializer, needs avro). Input and output are one JSON document: {"schema", "record"} in and {"hex"} out for
write, {"hex"} in and {"record"} out for read. "probe" as the only further argument imports what CLIENT needs.
"""
import datetime
import json
import sys


def plain(value):
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1000)
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def timed(record):
    """The legacy client wants instants, not milliseconds; fields with instants end in "_at"."""
    return {
        name: datetime.datetime.fromtimestamp(value / 1000, datetime.timezone.utc) if name.endswith("_at") else value
        for name, value in record.items()
    }


def modern():
    from confluent_kafka.schema_registry import SchemaRegistryClient
    from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
    from confluent_kafka.serialization import MessageField, SerializationContext

    def write(url, topic, schema, record):
        serializer = AvroSerializer(
            schema_registry_client=SchemaRegistryClient({"url": url}), schema_str=json.dumps(schema)
        )
        return serializer(record, SerializationContext(topic, MessageField.VALUE))

    def read(url, topic, payload):
        deserializer = AvroDeserializer(schema_registry_client=SchemaRegistryClient({"url": url}))
        return deserializer(payload, SerializationContext(topic, MessageField.VALUE))

    return write, read


def legacy():
    from confluent_kafka.avro import CachedSchemaRegistryClient, loads
    from confluent_kafka.avro.serializer.message_serializer import MessageSerializer

    def write(url, topic, schema, record):
        serializer = MessageSerializer(CachedSchemaRegistryClient({"url": url}))
        return serializer.encode_record_with_schema(topic, loads(json.dumps(schema)), timed(record))

    def read(url, topic, payload):
        return MessageSerializer(CachedSchemaRegistryClient({"url": url})).decode_message(payload)

    return write, read


def main(client, action, url="", topic=""):
    write, read = {"modern": modern, "legacy": legacy}[client]()
    if action == "probe":
        return
    given = json.load(sys.stdin)
    if action == "write":
        print(json.dumps({"hex": write(url, topic, given["schema"], given["record"]).hex()}))
    else:
        print(json.dumps({"record": plain(read(url, topic, bytes.fromhex(given["hex"])))}))


main(*sys.argv[1:])
