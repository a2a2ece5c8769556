// Reports opened in a real browser, on a phone, a screen and paper: nothing asked from elsewhere, no word on the console, nothing cut off or illegible.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { htmlReport } from "../../src/report/html.ts";
import { inChromium } from "../browser/chromium.ts";
import { hostile, levels, measuredMuch, NO_TRACES, small, swept } from "./fixture.ts";

const level = levels(4);
const bad = hostile();
const PAGES: Readonly<Record<string, string>> = {
  levels: htmlReport(level.result, level.traces),
  twelve: htmlReport(small(12), NO_TRACES),
  much: htmlReport(measuredMuch(), NO_TRACES),
  alone: htmlReport(small(1, { contrasts: [], structure: [] }), NO_TRACES),
  grid: htmlReport(swept(3, [12, 9]), NO_TRACES),
  line: htmlReport(swept(2, [1000]), NO_TRACES),
  draws: htmlReport(swept(2, [150, 150], "draws"), NO_TRACES),
  hostile: htmlReport(bad.result, bad.traces),
  nothing: htmlReport(small(2, { experiments: [], cells: [], contrasts: [] }), NO_TRACES),
};

const SCREENS = [
  ["small phone", 360, 780],
  ["phone", 390, 844],
  ["screen", 1280, 900],
] as const;

/** What is wrong with the page as it is shown; runs in the browser. */
const FAULTS = `(() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push("the page is " + (root.scrollWidth - root.clientWidth) + " px too wide");
  if (document.scripts.length > 0) faults.push("there are scripts");
  const figures = [...document.querySelectorAll("figure svg")].filter((svg) => getComputedStyle(svg).display !== "none");
  if (figures.length !== document.querySelectorAll("figure").length) faults.push("not one drawing a figure");
  for (const svg of figures) {
    const name = svg.querySelector("title")?.textContent.slice(0, 60);
    const box = svg.getBoundingClientRect();
    if (!(box.width > 100 && box.height > 50)) faults.push(name + ": " + box.width + " by " + box.height);
    if (box.right > root.clientWidth + 0.5 || box.left < -0.5) faults.push(name + ": outside the page");
    const scale = box.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() !== "");
    if (texts.length === 0) faults.push(name + ": no letters");
    const boxes = texts.map((text) => text.getBoundingClientRect());
    texts.forEach((text, i) => {
      const said = name + ": “" + text.textContent.slice(0, 30) + "” ";
      const size = Number.parseFloat(getComputedStyle(text).fontSize) * scale;
      if (size < 8) faults.push(said + "is " + size + " px high");
      const b = boxes[i];
      if (b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1) faults.push(said + "is cut off");
      for (let k = 0; k < i; k++) {
        const o = boxes[k];
        const [w, h] = [Math.min(b.right, o.right) - Math.max(b.left, o.left), Math.min(b.bottom, o.bottom) - Math.max(b.top, o.top)];
        if (w > 2 && h > 4) faults.push(said + "covers “" + texts[k].textContent.slice(0, 30) + "”");
      }
    });
    for (const path of svg.querySelectorAll("path")) if (/NaN|Infinity|undefined/.test(path.getAttribute("d"))) faults.push(name + ": a broken path");
  }
  for (const cell of document.querySelectorAll("td, th, p, li, dd, pre")) {
    const box = cell.getBoundingClientRect();
    if (box.width > 0 && cell.closest(".scroll") === null && box.right > root.clientWidth + 0.5) faults.push("“" + cell.textContent.slice(0, 30) + "” leaves the page");
  }
  return faults;
})()`;

/** Figures that do not fit on a page of A4 between its margins: 182 mm by 265 mm at 96 px an inch. */
const TOO_TALL = `[...document.querySelectorAll("figure")].filter((figure) => figure.getBoundingClientRect().height > 1001).map((figure) => figure.id)`;

inChromium("reports", (browser) => {
  const folder = mkdtempSync(join(tmpdir(), "glif-report-"));

  beforeAll(() => {
    for (const [name, text] of Object.entries(PAGES)) writeFileSync(join(folder, `${name}.html`), text);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Opens a page and gives back what it said and what it asked for. */
  async function opened(
    name: string,
    width: number,
    height: number,
    use: (page: Page) => Promise<void>,
  ): Promise<readonly string[]> {
    const context = await browser().newContext({ viewport: { width, height } });
    const page = await context.newPage();
    const heard: string[] = [];
    const address = pathToFileURL(join(folder, `${name}.html`)).href;
    page.on("console", (message) => heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => heard.push(`dialog: ${dialog.message()}`));
    page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:")) heard.push(`asks for ${request.url()}`);
    });
    await page.goto(address);
    await use(page);
    await context.close();
    return heard;
  }

  for (const name of Object.keys(PAGES)) {
    test.each(SCREENS)(`${name} on a %s of %d by %d`, async (_, width, height) => {
      const heard = await opened(name, width, height, async (page) => expect(await page.evaluate(FAULTS)).toEqual([]));
      expect(heard).toEqual([]);
    });
  }

  test.each(["levels", "twelve", "much", "grid", "hostile"])(
    "%s on paper: no figure is taller than a page, nothing is wider",
    async (name) => {
      const heard = await opened(name, 688, 1001, async (page) => {
        await page.emulateMedia({ media: "print" });
        expect(await page.evaluate(FAULTS)).toEqual([]);
        expect(await page.evaluate(TOO_TALL)).toEqual([]);
        const pdf = await page.pdf({ preferCSSPageSize: true });
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
        expect(pdf.length).toBeGreaterThan(10_000);
      });
      expect(heard).toEqual([]);
    },
  );

  test("a browser would notice: the same checks find a page that is too wide, a cut letter and a script", async () => {
    const broken = `<!doctype html><script>console.log("hello")</script><div style="width:3000px">x</div><figure><svg viewBox="0 0 300 100" width="300" height="100"><title>f</title><text x="290" y="20">cut off here</text></svg></figure>`;
    writeFileSync(join(folder, "broken.html"), broken);
    let faults: unknown = [];
    const heard = await opened("broken", 390, 844, async (page) => void (faults = await page.evaluate(FAULTS)));
    expect(heard).toEqual(["console: hello"]);
    expect(faults).toEqual(
      expect.arrayContaining([
        expect.stringContaining("too wide"),
        expect.stringContaining("cut off"),
        "there are scripts",
      ]),
    );
  });
});
