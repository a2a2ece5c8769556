// Bundles the command line into a few files: reading two hundred modules one by one would cost a third of a second at every start.
import { rmSync } from "node:fs";
import { build, type BuildOptions } from "esbuild";

const common: BuildOptions = {
  outdir: "dist/cli",
  bundle: true,
  chunkNames: "chunk-[hash]",
  format: "esm",
  platform: "node",
  // As for a page, Chevrotain is in the bundle: looking for its file takes longer than reading it.
  mainFields: ["browser", "module", "main"],
  target: "node20",
  external: ["typescript", "prettier", "h5wasm"],
  // Names stay, for stacks and profiles. One byte a character is read twice as fast as two.
  minifySyntax: true,
  minifyWhitespace: true,
  charset: "ascii",
  // Commander calls `require`.
  banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  logLevel: "warning",
};
// Parts of an earlier bundle would be shipped with this one.
rmSync("dist/cli", { recursive: true, force: true });
// What is loaded lazily stays apart: `glif --help` reads a small part.
await build({ ...common, entryPoints: { glif: "dist/src/cli/main.js" }, splitting: true });
// A thread reads all of its own at once.
for (const name of ["worker", "thread", "threadWatch"])
  await build({ ...common, entryPoints: { [name]: `dist/src/simulate/workers/${name}.js` } });
