// validate_with_ajv.mjs SCHEMA FILE...: what a team without plugvet does: one JSON Schema, one process, every manifest.
import {readFileSync} from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';

const [schema, ...files] = process.argv.slice(2);
const validate = new Ajv2020({allErrors: true, strict: false, validateFormats: false}).compile(
    JSON.parse(readFileSync(schema, 'utf8')));
let invalid = 0;
for (const file of files) {
  try {
    if (!validate(JSON.parse(readFileSync(file, 'utf8')))) ++invalid;
  } catch {
    ++invalid;
  }
}
console.log(`${files.length} manifests, ${invalid} invalid`);
