// schema.cjs TOOLS FOLDER: writes a schema and a response of about 50 kB into FOLDER, and prints how often per second
// ajv applies the one to the other.
const fs = require("fs");
const [tools, folder] = process.argv.slice(2);
const Ajv = require(tools + "/node_modules/ajv/dist/2020");

const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  required: ["loans", "total"],
  properties: {
    total: {type: "integer", minimum: 0},
    next: {type: ["string", "null"]},
    loans: {type: "array", maxItems: 1000, items: {$ref: "#/$defs/Loan"}},
  },
  $defs: {
    Loan: {
      type: "object",
      required: ["id", "title", "borrower", "due", "status"],
      additionalProperties: false,
      properties: {
        id: {type: "string", pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}$"},
        title: {type: "string", minLength: 1, maxLength: 200},
        isbn: {type: "string", pattern: "^97[89][0-9]{10}$"},
        due: {type: "string", format: "date"},
        status: {enum: ["open", "returned", "late", "lost"]},
        renewals: {type: "integer", minimum: 0, maximum: 10},
        fee: {type: "number", minimum: 0, multipleOf: 0.01},
        notes: {type: "array", items: {type: "string", maxLength: 500}, uniqueItems: true},
        borrower: {$ref: "#/$defs/Person"},
        copy: {oneOf: [{$ref: "#/$defs/Paper"}, {$ref: "#/$defs/Digital"}]},
      },
    },
    Person: {
      type: "object",
      required: ["name"],
      properties: {
        name: {type: "string", minLength: 1},
        email: {type: "string", format: "email", maxLength: 254},
        address: {
          type: "object",
          properties: {
            street: {type: "string"},
            city: {type: "string"},
            country: {type: "string", minLength: 2, maxLength: 2},
          },
          required: ["city"],
        },
      },
    },
    Paper: {
      type: "object",
      required: ["shelf"],
      properties: {kind: {const: "paper"}, shelf: {type: "string"}, row: {type: "integer"}},
    },
    Digital: {
      type: "object",
      required: ["url"],
      properties: {kind: {const: "digital"}, url: {type: "string"}, bytes: {type: "integer"}},
    },
  },
};

const loan = (i) => ({
  id: i.toString(16).padStart(8, "0") + "-00af-0123456789ab",
  title: "The collected letters of a librarian, volume " + i,
  isbn: "978" + (1000000000 + i),
  due: "2026-0" + (1 + i % 9) + "-1" + i % 10,
  status: ["open", "returned", "late", "lost"][i % 4],
  renewals: i % 10,
  fee: i % 7 + 0.25,
  notes: ["first note " + i, "second note"],
  borrower: {
    name: "Reader " + i,
    email: "reader" + i + "@example.com",
    address: {street: "Main street " + i, city: "Springfield", country: "US"},
  },
  copy: i % 2
    ? {kind: "paper", shelf: "A" + i, row: i}
    : {kind: "digital", url: "https://example.com/" + i, bytes: 1000 * i},
});
const instance = {total: 110, next: null, loans: Array.from({length: 110}, (_, i) => loan(i))};
fs.writeFileSync(folder + "/schema.json", JSON.stringify(schema));
fs.writeFileSync(folder + "/instance.json", JSON.stringify(instance));

const validate = new Ajv({allErrors: false, strict: false, validateFormats: false}).compile(schema);
const cpu = () => process.cpuUsage().user / 1000; // milliseconds of this process, as in bench_schema
const run = (milliseconds) => {
  const begin = cpu();
  let rounds = 0;
  while (cpu() - begin < milliseconds) {
    for (let i = 0; i < 50; i++, rounds++) if (!validate(instance)) throw new Error(JSON.stringify(validate.errors));
  }
  return (rounds / (cpu() - begin)) * 1000;
};
run(500); // the compiler of JavaScript warms up
console.log(run(2000).toFixed(0));
