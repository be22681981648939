// Writes a TensorBoard event file as SummaryWriter.add_scalar does, one event a scalar:
//   make_events FILE MEGABYTES
// 30 tags, each logged at every step, for read_bench.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "src/readers/crc32c.hpp"

namespace {

template <class T>
void put_bytes(std::string& to, const T& value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  to.append(bytes, sizeof(T));
}

void put_varint(std::string& to, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) to += static_cast<char>(value | 0x80);
  to += static_cast<char>(value);
}

void put_message(std::string& to, char key, const std::string& bytes) {
  to += key;
  put_varint(to, bytes.size());
  to += bytes;
}

/// tensorflow/core/util/event.proto: wall_time 1, step 2, summary 5 { value 1 { tag 1, float 2 } }
std::string event(double wall_time, std::uint64_t step, const std::string& tag, float scalar) {
  std::string value, summary, event;
  put_message(value, 0x0A, tag);
  value += 0x15;
  put_bytes(value, scalar);
  put_message(summary, 0x0A, value);
  event += 0x09;
  put_bytes(event, wall_time);
  event += 0x10;
  put_varint(event, step);
  put_message(event, 0x2A, summary);
  return event;
}

std::string record(const std::string& data) {
  using fmx::readers::crc32c, fmx::readers::masked;
  std::string bytes;
  put_bytes(bytes, static_cast<std::uint64_t>(data.size()));
  put_bytes(bytes, masked(crc32c(bytes)));
  bytes += data;
  put_bytes(bytes, masked(crc32c(data)));
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::FILE* file = std::fopen(argv[1], "wb");
  if (file == nullptr) return std::perror(argv[1]), 2;
  const double most = std::atof(argv[2]) * 1e6;
  double written = 0;
  for (std::uint64_t step = 0; written < most; ++step) {
    for (int tag = 0; tag < 30; ++tag) {
      const float scalar = std::exp(-static_cast<float>(step) * 1e-5f) +
                           0.01f * std::sin(static_cast<float>(step + tag));
      const std::string bytes = record(event(1.7e9 + 0.5 * static_cast<double>(step), step,
                                             "layer" + std::to_string(tag) + "/loss", scalar));
      written += static_cast<double>(std::fwrite(bytes.data(), 1, bytes.size(), file));
    }
  }
  return std::fclose(file) == 0 ? 0 : 2;
}
