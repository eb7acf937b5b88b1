# A room is a folder of the tree and a static library of all its .cpp files: harness/support -> harness_support.
function(room folder)
  cmake_parse_arguments(ARG "" "" "LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target ${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${ARG_LIBRARIES})
  build_quickly(${target})
endfunction()

# What nearly every file includes is parsed once for the whole tree, and the files of a target are compiled a few at a time:
# half the time of a build went into the same headers and the same templates. So names in anonymous namespaces are unique
# within a target.
function(build_quickly target)
  if(${target} STREQUAL harness_support)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set>
      <span> <string> <string_view> <unordered_map> <variant> <vector> <fmt/format.h> ${PROJECT_SOURCE_DIR}/harness/support/json_instance.h)
  else()
    target_precompile_headers(${target} REUSE_FROM harness_support)
  endif()
  # Who builds a release wants all of it, soon; who develops, what was changed.
  set(batch 12)
  if(CMAKE_BUILD_TYPE STREQUAL Release AND NOT ${target} STREQUAL reports) # whose formats have names that others use
    set(batch 30)
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
endfunction()

# Most of its time plugvet waits for servers, people and files, and what takes its time is in a few rooms: compiling the
# others for speed takes a quarter longer and brings nothing that can be measured (ci/bench).
function(compile_soon)
  if(CMAKE_BUILD_TYPE STREQUAL Release)
    foreach(target IN LISTS ARGN)
      target_compile_options(${target} PRIVATE -O1)
    endforeach()
  endif()
endfunction()

# A table generated from file names: <folder>/**/<name>.cpp defines <group>_<name>, listed in all.cpp (from all.cpp.in).
# files: relative to the current folder; type: what each symbol is.
function(generate_table type files)
  set(declarations "")
  set(entries "")
  foreach(file IN LISTS files)
    string(REGEX REPLACE "\\.cpp$" "" symbol ${file})
    string(REPLACE "/" "_" symbol ${symbol})
    string(APPEND declarations "extern const ${type} ${symbol};\n")
    string(APPEND entries "    &${symbol},\n")
  endforeach()
  configure_file(all.cpp.in ${CMAKE_CURRENT_BINARY_DIR}/all.cpp @ONLY)
endfunction()
