// Tests: everything below test/, without a clock to beat.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], setupFiles: ["test/setup.ts"], testTimeout: 60_000, pool: "threads", maxWorkers: 2 },
});
