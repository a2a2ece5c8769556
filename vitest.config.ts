// Tests: everything below test/, without a clock to beat.
import { defineConfig } from "vitest/config";

// Folders of tests: all, or those that mutation testing asks (scripts/mutation.ts).
const folders = process.env["GLIF_TESTS"]?.split(",") ?? ["test"];

export default defineConfig({
  test: {
    include: folders.map((folder) => `${folder}/**/*.test.ts`),
    setupFiles: ["test/setup.ts"],
    testTimeout: 60_000,
    pool: "threads",
    maxWorkers: 2,
    // `npm run coverage`: a figure to know, not one to pass.
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "grammar/**/*.ts"],
      reporter: ["text-summary", "html"],
      reportsDirectory: "out/coverage",
    },
  },
});
