# A room is a folder of the tree and a static library of all its .cpp files: harness/support -> harness_support.
function(room folder)
  cmake_parse_arguments(ARG "" "" "LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target ${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${ARG_LIBRARIES})
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
