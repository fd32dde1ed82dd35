// Run the wheel in Pyodide under Node: the README's questions, strict reading, lint and the command.
//
//     node tools/in_pyodide.mjs FOLDER
//
// FOLDER holds the wheels of twincities and of what it depends on, and `node_modules/pyodide`.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const home = createRequire(`${folder}/x.js`).resolve("pyodide").replace(/[^/]*$/, "");
const { loadPyodide } = await import(pathToFileURL(`${home}pyodide.mjs`));
const python = await loadPyodide();
for (const name of readdirSync(folder).filter((name) => name.endsWith(".whl")))
  python.unpackArchive(new Uint8Array(readFileSync(`${folder}/${name}`)), "wheel");

python.runPython(`
import sys
import twincities as tc
from twincities.cli import main

ds = tc.load()
print(sys.version)
print(ds.partners("Kuopio", country=["Hungary", "DE"]))
assert ds.city("Pihkova").name == "Pskov"
assert len(ds.partners("Kuopio", on="1985", unsure=True)) == 15
assert ds.partners("Kuopio", status="suspended")
assert ds.anniversaries(2030, city="Kuopio")
assert tc.from_json(ds.to_json()) == ds
try:
    tc.from_json(b'{"format": "twincities/1", "cities": [{"id": 5}]}')
except tc.DatasetError as error:
    assert error.problems[0].path == "$.cities[0].id"
else:
    raise SystemExit("a wrong document was read")
assert not [finding for finding in ds.lint() if finding.severity == "error"]
ds.write("/tmp/kuopio.json")
assert tc.read("/tmp/kuopio.json") == ds
assert main(["partners", "Kuopio", "--country", "Sweden"]) == 0
assert main(["validate", "/tmp/kuopio.json"]) == 0
`);
console.log("fine");
