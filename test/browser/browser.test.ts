// In a browser as in Node: the compiler and what it emits, in a page, a worker and under a Content-Security-Policy, with the same bits.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { folderWith, glif } from "../cli/helpers.ts";
import { bitsOf, type Bits } from "./bits.ts";
import { inChromium } from "./chromium.ts";
import { firefoxIsThere, toldByFirefox } from "./firefox.ts";
import { fromText, type Job, type Outcome } from "./fromText.ts";
import { bundled, toldBy, type Scripts } from "./page.ts";

const shipped = (name: string): string => readFileSync(resolve("models", name), "utf8");
const FILES = {
  ...Object.fromEntries(
    ["lif.glif", "glif.glif", "synapses.glif", "hodgkin_huxley.glif"].map((name) => [name, shipped(name)]),
  ),
  "lone.glif": `import GLIF from "glif.glif"
experiment Lone of GLIF { duration 500 ms; seed 3; I_e = 300 pA + 40 pA*sqrt(ms)*ξ; record spikes; record V, Θ }`,
  "network.glif": `import GLIF from "glif.glif"
import ExpCurrent from "synapses.glif"
network Two {
  population E = 240 GLIF { V ~ uniform(E_L, Θ_inf) }
  population I = 60 GLIF { V ~ uniform(E_L, Θ_inf) }
  connect E -> E, I by ExpCurrent as exc { w ~ lognormal(mean: 20 pA, sd: 10 pA), delay ~ uniform(0.5 ms, 3 ms) } random(p: 0.1)
  connect I -> E, I by ExpCurrent as inh { w = -80 pA, delay = 1 ms } random(p: 0.1)
}
experiment Noisy of Two { duration 200 ms; seed 5; E.I_e, I.I_e = 300 pA + 20 pA*sqrt(ms)*ξ; record spikes; record E[0..1].V, I[0].V }`,
  "axons.glif": `import HodgkinHuxley from "hodgkin_huxley.glif"
network Axons { population P = 101 HodgkinHuxley { V ~ uniform(-70 mV, -60 mV) } }
experiment Step of Axons { duration 30 ms; step 0.01 ms; method rk4; P.I = 10 µA/cm^2; record spikes; record P[0].V, P[100].Na.m }`,
};
const job = (main: keyof typeof FILES, backend: Job["backend"] = "auto"): Job => ({ files: FILES, main, backend });

/** What ran in Node, and that it was worth running. */
function inNode(asked: Job): Outcome {
  const outcome = fromText(asked);
  expect(outcome.spikes.split(" ").length / 3).toBeGreaterThan(5);
  return outcome;
}

/** Lines of a script that leave a job's outcome in `outcome`, as JSON. */
const OUTCOME = `import { fromText } from "./fromText.js";
import { job } from "./job.js";
const outcome = JSON.stringify(fromText(job));
`;
/** The same where it does not come about: what is said instead. */
const REFUSAL = OUTCOME.replace(
  /const outcome = (.*);/,
  "let outcome;\ntry { outcome = $1; } catch (error) { outcome = JSON.stringify({ said: error.message, cause: error.cause?.name }); }",
);
const REFUSED = {
  said: expect.stringMatching(
    /^Lone cannot be made to run here: .*Content-Security-Policy.* Compile it beforehand with `glif compile FILE Lone --standalone --js`/,
  ),
  cause: "EvalError",
};
const TELL = "tell(outcome);\n";
const WORKING = (type: "module" | "classic"): string => `const worker = new Worker("/worker.js", { type: "${type}" });
worker.onmessage = ({ data }) => tell(data);
worker.onerror = (event) => reportError(new Error(event.message));
`;
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
const STRICT = { "content-security-policy": "default-src 'self'" };

let compiler: string;
beforeAll(async () => {
  compiler = await bundled("test/browser/fromText.ts");
});

/** What a page says that has the compiler and a job. */
function toldOf(
  browser: Browser,
  asked: Job,
  page: string,
  more: Scripts = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<any> {
  return toldBy(browser, { ...more, "/fromText.js": compiler, "/job.js": jobScript(asked), "/page.js": page }, headers);
}

function jobScript(asked: Job): string {
  return `export const job = ${JSON.stringify(asked)};\n`;
}

/** What does not depend on where the loops ran. */
function bitsAlone({ spikes, traces, states, warnings }: Outcome): Bits {
  return { spikes, traces, states, warnings };
}

test("the compiler is as large as the README says", async () => {
  const [, said] = /about (\d+) kB gzipped/.exec(readFileSync("README.md", "utf8")) ?? [];
  const size = gzipSync(await bundled("src/index.ts"), { level: 9 }).length / 1000;
  expect(Math.abs(size / Number(said) - 1), `${size} kB`).toBeLessThan(0.15);
});

test("the package as it is built is bundled as one script: nothing of Node's in it, nothing looked for beside it", async () => {
  const script = await bundled("dist/src/index.js", "script");
  expect(script).not.toMatch(/import\.meta|import\(/);
});

test("where Node may not turn text into code, the way out is named", () => {
  const cwd = folderWith({
    "package.json": '{ "type": "module" }',
    "fromText.js": compiler,
    "job.js": jobScript(job("lone.glif")),
    "try.js": `${REFUSAL}console.log(outcome);`,
  });
  const said = execFileSync(process.execPath, ["--disallow-code-generation-from-strings", join(cwd, "try.js")], {
    encoding: "utf8",
  });
  expect(JSON.parse(said)).toEqual(REFUSED);
});

test.skipIf(!firefoxIsThere)("in Firefox, too, an engine of other making", async () => {
  const jobs = (["lone.glif", "network.glif", "axons.glif"] as const).map((main) => job(main));
  const page = `import { fromText } from "/fromText.js";\nimport { jobs } from "/jobs.js";\ntell(JSON.stringify(jobs.map(fromText)));`;
  expect(
    await toldByFirefox({
      "/fromText.js": compiler,
      "/jobs.js": `export const jobs = ${JSON.stringify(jobs)};`,
      "/page.js": page,
    }),
  ).toEqual(jobs.map(inNode));
});

inChromium("the bits of a browser", (browser) => {
  test.each<readonly [keyof typeof FILES, Outcome["backends"]]>([
    ["lone.glif", {}],
    ["network.glif", { E: "webassembly", I: "javascript" }],
    ["axons.glif", { P: "webassembly" }],
  ])("%s, compiled and run in a page, is what Node computes", async (main, backends) => {
    const told = await toldOf(browser(), job(main), OUTCOME + TELL);
    expect(told).toEqual(inNode(job(main)));
    expect(told.backends).toEqual(backends);
  });

  test("kernels in JavaScript give the same bits there", async () => {
    const told = await toldOf(browser(), job("axons.glif", "javascript"), OUTCOME + TELL);
    expect(bitsAlone(told)).toEqual(bitsAlone(inNode(job("axons.glif"))));
    expect(told.backends).toEqual({});
  });

  test("where a page's main thread refuses modules of more than 4 KB, as Chromium long did, JavaScript takes over", async () => {
    const refuse = `globalThis.refused = [];
const { Module } = WebAssembly;
WebAssembly.Module = class extends Module {
  constructor(bytes) {
    if (bytes.length > 4096) {
      refused.push(bytes.length);
      throw new RangeError("WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.");
    }
    super(bytes);
  }
};`;
    const page = `import "./refuse.js";\n${OUTCOME}tell(JSON.stringify({ outcome: JSON.parse(outcome), refused }));`;
    const { outcome, refused } = await toldOf(browser(), job("axons.glif"), page, { "/refuse.js": refuse });
    expect(refused).toHaveLength(1);
    expect(outcome.backends).toEqual({ P: "javascript" });
    expect(bitsAlone(outcome)).toEqual(bitsAlone(inNode(job("axons.glif"))));
  });

  test.each(["network.glif", "axons.glif"] as const)("%s in a worker", async (main) => {
    const told = await toldOf(browser(), job(main), WORKING("module"), {
      "/worker.js": `${OUTCOME}postMessage(outcome);`,
    });
    expect(told).toEqual(inNode(job(main)));
    expect(Object.values(told.backends)).toContain("webassembly");
  });

  test("bundled as a script of the classic kind, in a worker of that kind", async () => {
    const worker = `${await bundled("test/browser/fromText.ts", "script")}\npostMessage(JSON.stringify(glif.fromText(${JSON.stringify(job("network.glif"))})));`;
    expect(await toldOf(browser(), job("network.glif"), WORKING("classic"), { "/worker.js": worker })).toEqual(
      inNode(job("network.glif")),
    );
  });

  test("in a page isolated from other origins, where memory is shared", async () => {
    const page = `${OUTCOME}tell(JSON.stringify({ outcome: JSON.parse(outcome), shared: crossOriginIsolated && typeof SharedArrayBuffer === "function" }));`;
    expect(await toldOf(browser(), job("network.glif"), page, {}, ISOLATED)).toEqual({
      outcome: inNode(job("network.glif")),
      shared: true,
    });
  });

  test.each(["its main thread", "a worker"])("a network in two threads, asked by %s of such a page", async (asker) => {
    // From a text, since requests of a worker's workers cannot be answered here.
    const thread = `${await bundled("test/browser/fromText.ts", "script")}\nonmessage = ({ data }) => glif.takePart(data);`;
    const run = `import { inThreads } from "/fromText.js";
import { job } from "/job.js";
const start = () => new Worker(URL.createObjectURL(new Blob([${JSON.stringify(thread)}], { type: "text/javascript" })));
const outcome = JSON.stringify(await inThreads(job, start));
`;
    const page = asker === "a worker" ? WORKING("module") : run + TELL;
    const more = { "/worker.js": `${run}postMessage(outcome);` };
    const { apart, ...told } = await toldOf(browser(), job("network.glif"), page, more, ISOLATED);
    expect(bitsAlone(told)).toEqual(bitsAlone(inNode(job("network.glif"))));
    expect(apart).toBeLessThan(1000);
  });

  test.each([STRICT, { "content-security-policy": "require-trusted-types-for 'script'" }])(
    "under %j no simulation is made from text, and the way out is named",
    async (headers) => {
      expect(await toldOf(browser(), job("lone.glif"), REFUSAL + TELL, {}, headers)).toEqual(REFUSED);
    },
  );

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ["", {}],
    [", under a strict Content-Security-Policy, too", STRICT],
  ])("a module compiled beforehand runs alone%s", async (_, headers) => {
    const cwd = folderWith();
    const written = await glif(cwd, [
      "compile",
      resolve("models/glif.glif"),
      "CurrentStep",
      "--standalone",
      "--js",
      "-o",
      "CurrentStep.mjs",
    ]);
    expect(written).toMatchObject({ code: 0 });
    const path = join(cwd, "CurrentStep.mjs");
    const { create, experiment } = await import(pathToFileURL(path).href);
    const simulation = create();
    simulation.run(experiment.duration);
    expect(simulation.spikes.length).toBeGreaterThan(5);
    const page = `import { create, experiment } from "/CurrentStep.js";\nimport { bitsOf } from "/bits.js";\nconst simulation = create();\nsimulation.run(experiment.duration);\ntell(JSON.stringify(bitsOf(simulation)));`;
    const told = await toldBy(
      browser(),
      {
        "/CurrentStep.js": readFileSync(path, "utf8"),
        "/bits.js": await bundled("test/browser/bits.ts"),
        "/page.js": page,
      },
      headers,
    );
    expect(told).toEqual(bitsOf(simulation));
  });
});
