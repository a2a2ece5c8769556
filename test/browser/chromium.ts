// Debian's Chromium for tests: where it is not installed they are skipped, except where that would go unseen.
import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const CHROMIUM = "/usr/bin/chromium";
const there = existsSync(CHROMIUM);
const excused = process.env["CI"] === undefined || process.env["GLIF_WITHOUT_BROWSER"] !== undefined;
const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Declares tests that share one browser; `browser` may be called while they run. `what`: what is tested, for the one that fails in CI without it. */
export function inChromium(what: string, tests: (browser: () => Browser) => void): void {
  test.runIf(!there && !excused)(`chromium is installed where ${what} are tested`, () => {
    expect.fail(`${CHROMIUM} is missing: apt-get install chromium`);
  });

  describe.skipIf(!there)(`in ${CHROMIUM}${there ? "" : " (skipped: it is not installed)"}`, () => {
    let browser: Browser;

    beforeAll(async () => {
      const { chromium } = await import("playwright-core");
      // Its profile is a new folder, which it removes at its end.
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    });

    afterAll(() => browser.close());

    tests(() => browser);
  });
}
