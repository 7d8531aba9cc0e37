// Is every document given valid AsyncAPI, and every pattern in it (or in a schema) valid ECMAScript?
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const ERROR = 0;
let refused = 0;

function refuse(file, place, message) {
  refused += 1;
  console.log(`${file}: ${place}: ${message}`);
}

function checkPatterns(file, node, place) {
  if (node === null || typeof node !== "object") return;
  for (const [name, value] of Object.entries(node)) {
    if (name === "pattern" && typeof value === "string") {
      try {
        new RegExp(value, "u");
      } catch (wrong) {
        refuse(file, place, wrong.message);
      }
    } else {
      checkPatterns(file, value, `${place}/${name}`);
    }
  }
}

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const read = JSON.parse(text);
  checkPatterns(file, read, "");
  if (!("asyncapi" in read)) continue;
  const { document, diagnostics } = await new Parser().parse(text);
  for (const each of diagnostics.filter((each) => each.severity === ERROR)) {
    refuse(file, each.path.join("/"), each.message);
  }
  if (!document && refused === 0) refuse(file, "", "cannot be read");
}
process.exit(refused === 0 ? 0 : 1);
