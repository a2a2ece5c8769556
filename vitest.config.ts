// Tests: everything below test/, without a clock to beat.
import { readFileSync, readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Folders whose tests only call the core, which keeps nothing: a thread loads it once for all their files, a third of their time. */
const PURE =
  "algebra check compare conformance exchange figure golden habits laws measures numerics parse quantities recording report resolve".split(
    " ",
  );
/** Files in them that put others in the place of modules, or count the blocks of code that they load themselves. */
const ALONE = /vi\.mock\(|\/work\.ts"/;

const filesBelow = (folder: string): string[] =>
  readdirSync(`test/${folder}`, { recursive: true, encoding: "utf8" })
    .map((name) => `test/${folder}/${name.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".test.ts") && !ALONE.test(readFileSync(file, "utf8")));
const shared = PURE.flatMap(filesBelow);

// Mutation testing (scripts/mutation.ts) asks for some folders, each file by itself.
const asked = process.env["GLIF_TESTS"]?.split(",").map((folder) => `${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    setupFiles: ["test/setup.ts"],
    testTimeout: 60_000,
    pool: "threads",
    maxWorkers: 2,
    ...(asked === undefined
      ? {
          projects: [
            { extends: true, test: { name: "shared", include: shared, isolate: false } },
            { extends: true, test: { name: "alone", include: ["test/**/*.test.ts"], exclude: shared } },
          ],
        }
      : { include: asked }),
    // `npm run coverage`: a figure to know, not one to pass.
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "grammar/**/*.ts"],
      reporter: ["text-summary", "html"],
      reportsDirectory: "out/coverage",
    },
  },
});
