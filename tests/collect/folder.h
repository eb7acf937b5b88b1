#pragma once
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace plugvet::testing {

/// A folder of its own for each test.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "plugvet-collect-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }

  std::string write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream{path / name, std::ios::binary} << content;
    return (path / name).string();
  }
};

}  // namespace plugvet::testing
