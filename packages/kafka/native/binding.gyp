{
  # Built by "npm run build:native" after node-rdkafka, whose headers and librdkafka it uses.
  "variables": {
    "rdkafka": "<!(node -p \"path.dirname(require.resolve('node-rdkafka/package.json'))\")",
  },
  "targets": [
    {
      "target_name": "batch_producer",
      "sources": ["batch-producer.cc"],
      "include_dirs": [
        "<!(node -p \"path.dirname(require.resolve('nan/package.json', { paths: [require.resolve('node-rdkafka')] }))\")",
        "<(rdkafka)",
        "<(rdkafka)/deps/librdkafka/src",
        "<(rdkafka)/deps/librdkafka/src-cpp",
      ],
      "cflags_cc": ["-std=c++20", "-O2"],
      # Connection's header uses RTTI-dependent types of librdkafka's C++ interface.
      "cflags_cc!": ["-fno-rtti"],
      "conditions": [
        [
          "OS=='linux'",
          {
            # The library that node-rdkafka itself has loaded: the same file, hence the same instance.
            "libraries": ["<(rdkafka)/build/deps/librdkafka.so", "-Wl,-rpath,<(rdkafka)/build/deps"],
          },
        ],
        [
          "OS=='mac'",
          {
            "libraries": ["<(rdkafka)/build/deps/librdkafka.dylib"],
            "xcode_settings": {
              "GCC_ENABLE_CPP_RTTI": "YES",
              "OTHER_CPLUSPLUSFLAGS": ["-std=c++20"],
            },
          },
        ],
      ],
    },
  ],
}
