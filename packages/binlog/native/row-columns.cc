// Writes the columns of row images as JSON, for row-writer.ts, which does the same in JavaScript where this is missing and for every
// column that is left to it. Node-API only.
#include <node_api.h>

#include <memory>
#include <vector>

#include "column.h"
#include "values.h"

namespace rows {

/** Fields of the Int32Array that a writer and its JavaScript side share; see native-rows.ts. */
enum Field { COLUMN, IMAGE, AT, END, LENGTH, REPEATS, LAST_IMAGE, FIELDS };

/** What writers read and write. Held by references, so that they live as long as they are bound. */
struct Buffers {
  const uint8_t* image = nullptr;
  size_t imageBytes = 0;
  uint8_t* json = nullptr;
  size_t jsonBytes = 0;
  napi_ref references[2] = {nullptr, nullptr};
};

class Writer {
 public:
  Writer(const uint8_t* program, size_t size) {
    ProgramReader reader(program, size);
    const auto count = reader.number();
    if (count < 0) throw std::invalid_argument("the program has a negative size");
    for (int32_t i = 0; i < count; i++) columns.push_back(readColumn(reader));
  }

  /** Of the shared array: the fields, then where each column of the last image began, then where its JSON did; both with an end. */
  size_t stateFields() const { return FIELDS + 2 * (columns.size() + 1); }

  void useState(int32_t* shared) {
    state = shared;
    starts = shared + FIELDS;
    texts = starts + columns.size() + 1;
  }

  /** Writes columns from `state[COLUMN]` on, up to the first that is left to JavaScript. False: the state lies outside of the buffers. */
  bool run(const Buffers& buffers) {
    const auto count = static_cast<int32_t>(columns.size());
    const bool repeats = state[REPEATS] != 0;
    if (!isWithin(buffers.imageBytes, buffers.jsonBytes, repeats)) return false;
    const auto* image = buffers.image;
    auto* json = buffers.json;
    const auto* at = image + state[AT];
    const auto* end = image + state[END];
    auto* out = json + state[LENGTH];
    const auto* limit = json + buffers.jsonBytes;
    auto i = state[COLUMN];
    for (; i < count; i++) {
      const auto& column = columns[i];
      if (repeats && repeat(i, {image, at, end}, {json, out, limit})) {
        at += starts[i + 1] - starts[i];
        out += texts[i + 1] - texts[i];
        continue;
      }
      if (!repeats) {
        starts[i] = at - image;
        texts[i] = out - json;
      }
      const bool isNull = hasBit(image + state[IMAGE], i);
      const auto* next = isNull ? at : behind(column, at, end);
      if (next == nullptr) break;
      if (column.included) {
        auto* written = put(column, {at, next, isNull}, {out, limit});
        if (written == nullptr) break;
        out = written;
      }
      at = next;
    }
    if (i == count && !repeats) {
      starts[i] = at - image;
      texts[i] = out - json;
      state[LAST_IMAGE] = state[IMAGE];
    }
    state[COLUMN] = i;
    state[AT] = at - image;
    state[LENGTH] = out - json;
    return true;
  }

 private:
  struct Value {
    const uint8_t* at;
    const uint8_t* next;
    bool isNull;
  };
  struct Source {
    const uint8_t* image;
    const uint8_t* at;
    const uint8_t* end;
  };
  struct Target {
    uint8_t* json;
    uint8_t* out;
    const uint8_t* limit;
  };

  static bool hasBit(const uint8_t* bitmap, int32_t bit) { return (bitmap[bit >> 3] >> (bit & 7) & 1) != 0; }

  bool isWithin(size_t imageBytes, size_t jsonBytes, bool repeats) const {
    const auto count = static_cast<int32_t>(columns.size());
    const auto bitmapBytes = (count + 7) / 8;
    const auto bytes = static_cast<int64_t>(imageBytes);
    const auto isImage = [&](int32_t image) { return image >= 0 && int64_t{image} + bitmapBytes <= bytes; };
    return state[COLUMN] >= 0 && state[COLUMN] <= count && isImage(state[IMAGE]) && state[AT] >= 0 && state[AT] <= state[END] &&
           state[END] <= bytes && state[LENGTH] >= 0 && state[LENGTH] <= static_cast<int64_t>(jsonBytes) &&
           (!repeats || (isImage(state[LAST_IMAGE]) && starts[count] <= bytes && texts[count] <= state[LENGTH]));
  }

  /** Copies the JSON that the column has in the last image; false where its bytes are others. */
  bool repeat(int32_t i, const Source& from, const Target& to) const {
    if (hasBit(from.image + state[IMAGE], i) != hasBit(from.image + state[LAST_IMAGE], i)) return false;
    const auto size = starts[i + 1] - starts[i];
    const auto jsonSize = texts[i + 1] - texts[i];
    if (starts[i] < 0 || starts[i + 1] > from.end - from.image || size < 0) return false;
    if (texts[i] < 0 || texts[i + 1] > to.out - to.json || jsonSize < 0) return false;
    if (from.end - from.at < size || to.limit - to.out < jsonSize) return false;
    if (memcmp(from.at, from.image + starts[i], size) != 0) return false;
    memcpy(to.out, to.json + texts[i], jsonSize);
    return true;
  }

  /** Name and value of a member. */
  static uint8_t* put(const Column& column, const Value& value, Room room) {
    if (!room.holds(column.room)) return nullptr;
    for (size_t i = 0; i < column.lead.size(); i += 8) memcpy(room.out + i, column.lead.data() + i, 8);
    room.out += column.leadBytes;
    if (!value.isNull) return putValue(column, value.at, value.next, room);
    return putBytes(room.out, reinterpret_cast<const uint8_t*>(column.null.data()), column.null.size());
  }

  std::vector<Column> columns;
  int32_t* state = nullptr;
  int32_t* starts = nullptr;
  int32_t* texts = nullptr;
};

namespace {

bool bytesOf(napi_env env, napi_value value, uint8_t** bytes, size_t* size) {
  void* data = nullptr;
  if (napi_get_buffer_info(env, value, &data, size) != napi_ok) return false;
  *bytes = static_cast<uint8_t*>(data);
  return true;
}

using Bound = std::shared_ptr<Buffers>;

/** A writer, what it works on, and the reference that keeps its state from being collected. */
struct Held {
  Writer writer;
  Bound buffers;
  napi_ref state = nullptr;
};

void releaseWriter(napi_env env, void* data, void*) {
  auto* held = static_cast<Held*>(data);
  napi_delete_reference(env, held->state);
  delete held;
}

void releaseBound(napi_env, void* data, void*) { delete static_cast<Bound*>(data); }

/** run() */
napi_value run(napi_env env, napi_callback_info info) {
  void* data = nullptr;
  napi_get_cb_info(env, info, nullptr, nullptr, nullptr, &data);
  auto* held = static_cast<Held*>(data);
  if (!held->writer.run(*held->buffers)) {
    napi_throw_range_error(env, nullptr, "the state of a row writer lies outside of its buffers");
  }
  return nullptr;
}

/** bind(image, json): what the writers of this instance work on from now on. */
napi_value bind(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2];
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, arguments, nullptr, &data);
  uint8_t *image, *json;
  size_t imageBytes, jsonBytes;
  napi_ref references[2];
  if (!bytesOf(env, arguments[0], &image, &imageBytes) || !bytesOf(env, arguments[1], &json, &jsonBytes) ||
      napi_create_reference(env, arguments[0], 1, &references[0]) != napi_ok ||
      napi_create_reference(env, arguments[1], 1, &references[1]) != napi_ok) {
    napi_throw_type_error(env, nullptr, "two buffers are wanted");
    return nullptr;
  }
  auto& buffers = **static_cast<Bound*>(data);
  for (auto reference : buffers.references) {
    if (reference != nullptr) napi_delete_reference(env, reference);
  }
  buffers = {image, imageBytes, json, jsonBytes, {references[0], references[1]}};
  return nullptr;
}

/** A function that owns `data`; null where Node-API gives none. */
template <typename T>
napi_value ownedFunction(napi_env env, napi_callback call, std::unique_ptr<T> data, napi_finalize release) {
  napi_value function = nullptr;
  if (napi_create_function(env, nullptr, 0, call, data.get(), &function) != napi_ok ||
      napi_add_finalizer(env, function, data.get(), release, nullptr, nullptr) != napi_ok) {
    return nullptr;
  }
  data.release();
  return function;
}

/** compile(program, state): the function run. */
napi_value compile(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2];
  void* data = nullptr;
  napi_get_cb_info(env, info, &count, arguments, nullptr, &data);
  uint8_t* program;
  size_t size, fields;
  napi_typedarray_type type;
  void* state;
  if (!bytesOf(env, arguments[0], &program, &size) ||
      napi_get_typedarray_info(env, arguments[1], &type, &fields, &state, nullptr, nullptr) != napi_ok || type != napi_int32_array) {
    napi_throw_type_error(env, nullptr, "a program and an Int32Array are wanted");
    return nullptr;
  }
  try {
    auto held = std::make_unique<Held>(Held{Writer(program, size), *static_cast<Bound*>(data)});
    if (fields != held->writer.stateFields()) throw std::invalid_argument("the state does not fit the program");
    held->writer.useState(static_cast<int32_t*>(state));
    if (napi_create_reference(env, arguments[1], 1, &held->state) != napi_ok) throw std::runtime_error("Node-API gives no reference");
    auto* function = ownedFunction(env, run, std::move(held), releaseWriter);
    if (function == nullptr) throw std::runtime_error("Node-API gives no function");
    return function;
  } catch (const std::exception& error) {
    napi_throw_type_error(env, nullptr, error.what());
    return nullptr;
  }
}

/** open(): an instance with buffers of its own, as an object of bind and compile. */
napi_value open(napi_env env, napi_callback_info) {
  const auto buffers = std::make_shared<Buffers>();
  napi_value instance = nullptr;
  napi_create_object(env, &instance);
  const auto add = [&](const char* name, napi_callback call) {
    auto* function = ownedFunction(env, call, std::make_unique<Bound>(buffers), releaseBound);
    return function != nullptr && napi_set_named_property(env, instance, name, function) == napi_ok;
  };
  if (!add("bind", bind) || !add("compile", compile)) napi_throw_error(env, nullptr, "Node-API gives no functions");
  return instance;
}

}  // namespace
}  // namespace rows

NAPI_MODULE_INIT() {
  napi_value function;
  if (napi_create_function(env, "open", NAPI_AUTO_LENGTH, rows::open, nullptr, &function) != napi_ok) return nullptr;
  napi_set_named_property(env, exports, "open", function);
  return exports;
}
