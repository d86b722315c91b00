// Renders the labels of a JSON file, each [zpl, mm wide, mm high, dots a mm], into another: a PNG in base64 for each.
const { createRequire } = require("node:module");
const { readFileSync, writeFileSync } = require("node:fs");
const { ready } = createRequire(process.cwd() + "/")("zpl-renderer-js");

async function main([asked, drawn]) {
  const { api } = await ready;
  const pictures = [];
  for (const label of JSON.parse(readFileSync(asked, "utf-8"))) {
    pictures.push(await api.zplToBase64Async(...label));
  }
  writeFileSync(drawn, JSON.stringify(pictures));
  process.exit(0); // the renderer keeps its own loop running
}

main(process.argv.slice(2));
