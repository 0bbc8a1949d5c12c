// SPDX-License-Identifier: Apache-2.0
// An independent judge: opens and writes age files with npm's age-encryption, which `make setup` puts into build/judges.
//
//   node age.mjs FOLDER decrypt IDENTITY-FILE  < sealed > plain     FOLDER holds node_modules
//   node age.mjs FOLDER rescue IDENTITY-FILE   < cut    > what of it is authentic; exit status 1 when its end is missing
//   node age.mjs FOLDER encrypt RECIPIENT...   < plain  > sealed
//   node age.mjs FOLDER keygen                 > identity and recipient, a line each
import { readFileSync, writeSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, act, ...words] = process.argv.slice(2);
const entry = join(resolve(folder), "node_modules", "age-encryption", "dist", "index.js");
const age = await import(pathToFileURL(entry));

function out(bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

if (act === "decrypt") {
  const decrypter = new age.Decrypter();
  for (const line of readFileSync(words[0], "utf8").split("\n")) if (line.startsWith("AGE-")) decrypter.addIdentity(line);
  out(await decrypter.decrypt(readFileSync(0)));
} else if (act === "rescue") {
  const decrypter = new age.Decrypter();
  for (const line of readFileSync(words[0], "utf8").split("\n")) if (line.startsWith("AGE-")) decrypter.addIdentity(line);
  const sealed = readFileSync(0);
  const stream = await decrypter.decrypt(new ReadableStream({
    start(controller) {
      for (let at = 0; at < sealed.length; at += 65536) controller.enqueue(sealed.subarray(at, at + 65536));
      controller.close();
    },
  }));
  try {
    for await (const chunk of stream) out(chunk);
  } catch {
    process.exitCode = 1;
  }
} else if (act === "encrypt") {
  const encrypter = new age.Encrypter();
  for (const recipient of words) encrypter.addRecipient(recipient);
  out(await encrypter.encrypt(readFileSync(0)));
} else if (act === "keygen") {
  const identity = await age.generateHybridIdentity();
  out(Buffer.from(`${identity}\n${await age.identityToRecipient(identity)}\n`));
} else {
  throw new Error("decrypt, encrypt or keygen");
}
