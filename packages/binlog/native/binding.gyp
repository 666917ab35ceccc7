{
  # Built by "npm run build:native". Node-API only, so one build serves every version of Node.
  "targets": [
    {
      "target_name": "row_columns",
      "sources": ["row-columns.cc"],
      "cflags_cc": ["-std=c++20", "-O3", "-fexceptions"],
      "cflags_cc!": ["-fno-exceptions"],
      "xcode_settings": { "OTHER_CPLUSPLUSFLAGS": ["-std=c++20"], "GCC_ENABLE_CPP_EXCEPTIONS": "YES" },
    },
  ],
}
