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
  },
});
