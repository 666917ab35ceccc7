// Hands many records to librdkafka in one call, over the handle of a node-rdkafka producer. node-rdkafka's own produce takes
// one record per call and spends most of it outside librdkafka: topic name, header list, lock and cast for each.
#include <nan.h>

#include <vector>

#include "src/producer.h"

namespace {

/** Gives access to the protected handle; never instantiated. node-rdkafka's version is pinned, hence its layout is. */
class HandleOf : public NodeKafka::Producer {
 public:
  static RdKafka::Handle* get(NodeKafka::Producer* producer) { return static_cast<HandleOf*>(producer)->m_client; }
};

/** Fields of a record in the batch's Int32Array, which begins with one slot for the error code. */
enum Field { TOPIC, PARTITION, KEY_BYTES, VALUE_BYTES, HEADERS, FIELDS };
constexpr int32_t HEAD = 1;
constexpr int32_t IS_NULL = -1;
constexpr int32_t NO_HEADERS = -1;

class BatchProducer : public Nan::ObjectWrap {
 public:
  static NAN_MODULE_INIT(Init) {
    auto type = Nan::New<v8::FunctionTemplate>(New);
    type->SetClassName(Nan::New("BatchProducer").ToLocalChecked());
    type->InstanceTemplate()->SetInternalFieldCount(1);
    Nan::SetPrototypeMethod(type, "topic", Topic);
    Nan::SetPrototypeMethod(type, "headers", Headers);
    Nan::SetPrototypeMethod(type, "produce", Produce);
    Nan::SetPrototypeMethod(type, "close", Close);
    Nan::Set(target, Nan::New("BatchProducer").ToLocalChecked(), Nan::GetFunction(type).ToLocalChecked());
  }

 private:
  explicit BatchProducer(v8::Local<v8::Object> producer)
      : keepAlive(producer), producer(Nan::ObjectWrap::Unwrap<NodeKafka::Producer>(producer)) {}

  ~BatchProducer() override { keepAlive.Reset(); }

  /** new BatchProducer(producer): a connected node-rdkafka Producer. */
  static NAN_METHOD(New) {
    if (!info.IsConstructCall() || !info[0]->IsObject()) return Nan::ThrowTypeError("a producer is wanted");
    auto object = info[0].As<v8::Object>();
    if (object->InternalFieldCount() < 1) return Nan::ThrowTypeError("not a node-rdkafka producer");
    (new BatchProducer(object))->Wrap(info.This());
    info.GetReturnValue().Set(info.This());
  }

  /** topic(name): the number by which records name the topic. */
  static NAN_METHOD(Topic) {
    auto* self = Nan::ObjectWrap::Unwrap<BatchProducer>(info.This());
    auto* handle = self->Handle();
    if (handle == nullptr) return Nan::ThrowError("the producer is not connected");
    Nan::Utf8String name(info[0]);
    auto* topic = rd_kafka_topic_new(handle, *name, nullptr);
    if (topic == nullptr) return Nan::ThrowError(rd_kafka_err2str(rd_kafka_last_error()));
    self->topics.push_back(topic);
    info.GetReturnValue().Set(static_cast<uint32_t>(self->topics.size() - 1));
  }

  /** headers(texts): the number by which records name a list of headers; names and values take turns in `texts`. */
  static NAN_METHOD(Headers) {
    auto* self = Nan::ObjectWrap::Unwrap<BatchProducer>(info.This());
    if (!info[0]->IsArray()) return Nan::ThrowTypeError("names and values are wanted");
    auto texts = info[0].As<v8::Array>();
    auto* list = rd_kafka_headers_new(texts->Length() / 2);
    for (uint32_t index = 0; index + 1 < texts->Length(); index += 2) {
      Nan::Utf8String name(Nan::Get(texts, index).ToLocalChecked());
      Nan::Utf8String value(Nan::Get(texts, index + 1).ToLocalChecked());
      rd_kafka_header_add(list, *name, name.length(), *value, value.length());
    }
    self->headers.push_back(list);
    info.GetReturnValue().Set(static_cast<uint32_t>(self->headers.size() - 1));
  }

  /**
   * produce(bytes, fields, count): each record's key and then its value stand in `bytes`, record behind record. Gives how
   * many were taken; when fewer than asked, fields[0] is librdkafka's code for the next one.
   */
  static NAN_METHOD(Produce) {
    auto* self = Nan::ObjectWrap::Unwrap<BatchProducer>(info.This());
    Nan::TypedArrayContents<int32_t> fields(info[1]);
    auto* at = node::Buffer::Data(info[0]);
    auto left = node::Buffer::Length(info[0]);
    const auto count = Nan::To<int32_t>(info[2]).FromMaybe(0);
    if (*fields == nullptr || count < 0 || static_cast<size_t>(count) * FIELDS + HEAD > fields.length()) {
      return Nan::ThrowRangeError("the fields of the batch do not hold its records");
    }
    if (self->Handle() == nullptr) return Nan::ThrowError("the producer is not connected");
    self->messages.assign(count, rd_kafka_message_t{});
    for (int32_t index = 0; index < count; index++) {
      const auto* record = *fields + HEAD + index * FIELDS;
      const size_t keyBytes = record[KEY_BYTES] == IS_NULL ? 0 : record[KEY_BYTES];
      const size_t valueBytes = record[VALUE_BYTES] == IS_NULL ? 0 : record[VALUE_BYTES];
      const bool isKnown = static_cast<size_t>(record[TOPIC]) < self->topics.size() &&
                           (record[HEADERS] == NO_HEADERS || static_cast<size_t>(record[HEADERS]) < self->headers.size());
      if (keyBytes + valueBytes > left || !isKnown) {
        return Nan::ThrowRangeError("a record of the batch lies outside of it");
      }
      auto& message = self->messages[index];
      message.partition = record[PARTITION];
      message.key = record[KEY_BYTES] == IS_NULL ? nullptr : at;
      message.key_len = keyBytes;
      message.payload = record[VALUE_BYTES] == IS_NULL ? nullptr : at + keyBytes;
      message.len = valueBytes;
      at += keyBytes + valueBytes;
      left -= keyBytes + valueBytes;
    }
    info.GetReturnValue().Set(self->Send(*fields, count));
  }

  /** close(): gives topics and headers back; must come before the producer's disconnect. */
  static NAN_METHOD(Close) {
    auto* self = Nan::ObjectWrap::Unwrap<BatchProducer>(info.This());
    for (auto* topic : self->topics) rd_kafka_topic_destroy(topic);
    self->topics.clear();
    for (auto* list : self->headers) rd_kafka_headers_destroy(list);
    self->headers.clear();
  }

  /**
   * One call of librdkafka per run of records of the same topic, and one for each record with headers, which its batch call
   * does not take. Stops at the first record that is refused.
   */
  int32_t Send(int32_t* fields, int32_t count) {
    const auto topicAt = [fields](int32_t index) { return fields[HEAD + index * FIELDS + TOPIC]; };
    const auto headersAt = [fields](int32_t index) { return fields[HEAD + index * FIELDS + HEADERS]; };
    int32_t start = 0;
    while (start < count) {
      int32_t end = start + 1;
      if (headersAt(start) != NO_HEADERS) {
        const auto code = SendWithHeaders(start, topicAt(start), headersAt(start));
        if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
          fields[0] = code;
          return start;
        }
        start = end;
        continue;
      }
      while (end < count && topicAt(end) == topicAt(start) && headersAt(end) == NO_HEADERS) end++;
      const auto taken = rd_kafka_produce_batch(topics[topicAt(start)], RD_KAFKA_PARTITION_UA,
                                                RD_KAFKA_MSG_F_COPY | RD_KAFKA_MSG_F_PARTITION, &messages[start], end - start);
      if (taken < end - start) return start + FirstRefused(fields, start, end);
      start = end;
    }
    return count;
  }

  rd_kafka_resp_err_t SendWithHeaders(int32_t index, int32_t topic, int32_t list) {
    const auto& message = messages[index];
    auto* copy = rd_kafka_headers_copy(headers[list]);
    rd_kafka_vu_t arguments[6];
    arguments[0].vtype = RD_KAFKA_VTYPE_RKT;
    arguments[0].u.rkt = topics[topic];
    arguments[1].vtype = RD_KAFKA_VTYPE_PARTITION;
    arguments[1].u.i32 = message.partition;
    arguments[2].vtype = RD_KAFKA_VTYPE_KEY;
    arguments[2].u.mem = {message.key, message.key_len};
    arguments[3].vtype = RD_KAFKA_VTYPE_VALUE;
    arguments[3].u.mem = {message.payload, message.len};
    arguments[4].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
    arguments[4].u.i = RD_KAFKA_MSG_F_COPY;
    arguments[5].vtype = RD_KAFKA_VTYPE_HEADERS;
    arguments[5].u.headers = copy;
    auto* error = rd_kafka_produceva(Handle(), arguments, 6);
    if (error == nullptr) return RD_KAFKA_RESP_ERR_NO_ERROR;
    // The list is librdkafka's only when it has taken the record.
    rd_kafka_headers_destroy(copy);
    const auto code = rd_kafka_error_code(error);
    rd_kafka_error_destroy(error);
    return code;
  }

  int32_t FirstRefused(int32_t* fields, int32_t start, int32_t end) {
    auto index = start;
    while (index < end && messages[index].err == RD_KAFKA_RESP_ERR_NO_ERROR) index++;
    fields[0] = index < end ? messages[index].err : RD_KAFKA_RESP_ERR__FAIL;
    return index - start;
  }

  rd_kafka_t* Handle() {
    auto* handle = HandleOf::get(producer);
    return handle == nullptr ? nullptr : handle->c_ptr();
  }

  Nan::Persistent<v8::Object> keepAlive;
  NodeKafka::Producer* producer;
  std::vector<rd_kafka_topic_t*> topics;
  std::vector<rd_kafka_headers_t*> headers;
  std::vector<rd_kafka_message_t> messages;
};

NAN_MODULE_INIT(Init) { BatchProducer::Init(target); }

}  // namespace

NAN_MODULE_WORKER_ENABLED(batch_producer, Init)
