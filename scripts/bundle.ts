// Bundles the command line into a few files: reading two hundred modules one by one would cost a third of a second at every start.
import { build } from "esbuild";

await build({
  entryPoints: { glif: "dist/src/cli/main.js", worker: "dist/src/simulate/workers/worker.js" },
  outdir: "dist/cli",
  bundle: true,
  // What is loaded lazily stays apart: `glif --help` reads a small part.
  splitting: true,
  chunkNames: "chunk-[hash]",
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["commander", "typescript", "prettier", "h5wasm"],
  minifySyntax: true,
  charset: "utf8",
  logLevel: "warning",
});
