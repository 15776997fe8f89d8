#!/usr/bin/env node
'use strict';
// What is loaded before the flag below is set comes out of Node’s own code cache; after it, it would be compiled anew.
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const v8 = require('node:v8');

// A command that ends in a tenth of a second is over before optimised code pays; `optimise` turns it on for the others.
v8.setFlagsFromString('--no-opt');

const folder = path.dirname(__dirname);
const chunks = path.join(folder, 'dist', 'cli');
const tool = { folder, load, optimise };
const written = process.argv.slice(2);
// The two commands that are run all day are told apart here; `main` reads whatever else is written.
const first = { validate: 'unchanged', compile: 'unchanged' }[written[0]] ?? 'main';
const done = load(first).enter(written, tool);
// All they say is written by now, and taking the heap apart would be a part of the time they take.
if (first === 'unchanged') done.then(() => process.exit());

/**
 * Loads one file of the program with the machine code of an earlier run, which V8 takes only if it was made by the same V8, with
 * the same flags. The file begins with its own digest, so that code of another build is never taken for it.
 */
function load(name) {
  const file = path.join(chunks, `${name}.cjs`);
  const source = fs.readFileSync(file, 'latin1');
  const cache = path.join(folder, 'dist', '.cache', `${name}-${source.slice(2, 18)}-${process.arch}-${v8.cachedDataVersionTag()}`);
  let cachedData;
  try {
    cachedData = fs.readFileSync(cache);
  } catch {
    // The first run, or a folder that nobody may write to.
  }
  const script = new vm.Script(source, { filename: file, cachedData });
  const module = { exports: {} };
  // What a file requires is of Node or of a package, which this `require` finds too.
  script.runInThisContext()(module.exports, require, module, file, chunks);
  if (cachedData === undefined || script.cachedDataRejected) process.once('exit', () => keep(cache, script));
  return module.exports;
}

/** Keeps what was compiled in this run, for the next one. It is a saving: whatever goes wrong, nothing is lost. */
function keep(cache, script) {
  try {
    // V8 takes it again only under the flags it was made with, and the file is loaded before `optimise` sets them.
    v8.setFlagsFromString('--no-opt');
    fs.mkdirSync(path.dirname(cache), { recursive: true });
    const beside = `${cache}.${process.pid}`;
    fs.writeFileSync(beside, script.createCachedData());
    fs.renameSync(beside, cache);
  } catch {
    // See above.
  }
}

/** What follows takes long enough to be worth it, once what is going on now has come to a wait. */
function optimise() {
  setImmediate(() => v8.setFlagsFromString('--opt'));
}
