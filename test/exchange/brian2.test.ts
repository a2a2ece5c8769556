// The text of exported scripts, construct by construct (beside this file; \`-u\` accepts a change), and what is refused or told.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TARGETS } from "../../src/exchange/targets.ts";
import { CONSTRUCTS } from "../../src/exchange/target.ts";
import { folderWith, glif } from "../cli/helpers.ts";
import { ROOT } from "../snippets.ts";

const HERE = "test/exchange/brian2";

test.each([
  ["neuron", "Step"],
  ["events", "Events"],
  ["rests", "Rests"],
  ["network", "Run"],
  ["plasticity", "Learn"],
  ["noise", "Noise"],
  ["clock", "Clock"],
  ["each", "Each"],
])("the script of %s.glif", async (file, experiment) => {
  const { code, out, err } = await glif(ROOT, ["export", "brian2", `${HERE}/${file}.glif`, experiment, "--json"]);
  expect(code, err).toBe(0);
  const { files } = JSON.parse(out) as { files: readonly { name: string; text?: string }[] };
  const script = files.find((f) => f.name.endsWith(".py"))?.text ?? "";
  await expect(script.replace(/^(Exported by glif|data = .*by glif) \S+/gm, "$1 VERSION")).toMatchFileSnapshot(
    join(ROOT, HERE, `${file}.py`),
  );
});

test("what each neuron has of its own lies in arrays beside the script, as it stands in the model", async () => {
  const folder = folderWith();
  const { code, err } = await glif(ROOT, ["export", "brian2", `${HERE}/each.glif`, "-o", folder]);
  expect(code, err).toBe(0);
  const arrays = arraysIn(readFileSync(join(folder, "Each.npz")));
  expect(arrays.get("E.V_th")).toEqual([-50, -49, -51, -48]);
  expect(arrays.get("E.I_e")).toEqual([200, 210, 180, 250]);
  expect(arrays.get("F.listed")).toEqual([0, 10, 20, 0]);
  // A row for each time, a value for each neuron, as the file has them.
  const rows = readFileSync(join(ROOT, HERE, "currents.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  expect(arrays.get("F_I_e_stimulus")).toEqual(rows.flatMap((row) => row.split(",").slice(1).map(Number)));
});

test("with --exact the network has arrays, and steps of its own", async () => {
  const folder = folderWith();
  const { code, err } = await glif(ROOT, ["export", "brian2", `${HERE}/network.glif`, "--exact", "-o", folder]);
  expect(code, err).toBe(0);
  const script = readFileSync(join(folder, "Run.py"), "utf8");
  await expect(script.replace(/by glif \S+/gm, "by glif VERSION")).toMatchFileSnapshot(
    join(ROOT, HERE, "network_exact.py"),
  );
  expect(readFileSync(join(folder, "README.md"), "utf8")).toContain("spikes fall into the same steps");
});

/** Numbers of the arrays of an .npz that are float64, by name. */
function arraysIn(npz: Buffer): ReadonlyMap<string, readonly number[]> {
  const arrays = new Map<string, readonly number[]>();
  for (let at = 0; npz.readUInt32LE(at) === 0x04034b50;) {
    const [size, length] = [npz.readUInt32LE(at + 18), npz.readUInt16LE(at + 26)];
    const name = npz.toString("latin1", at + 30, at + 30 + length).replace(/\.npy$/, "");
    const npy = npz.subarray(at + 30 + length, at + 30 + length + size);
    const start = 10 + npy.readUInt16LE(8);
    if (npy.toString("latin1", 10, start).includes("<f8"))
      arrays.set(
        name,
        Array.from({ length: (size - start) / 8 }, (_, k) => npy.readDoubleLE(start + 8 * k)),
      );
    at += 30 + length + size;
  }
  return arrays;
}

const NEURON = (body: string): string =>
  `neuron N {\n  param τ = 10 ms\n  input R : mV\n  state V = 0 mV\n  V' = (R - V)/τ\n  spike when V > 10 mV\n  ${body}\n}\n`;
const RUN = (more = ""): string => `experiment X of N { duration 10 ms; seed 1; R = 20 mV; ${more} }\n`;

const REFUSED: readonly (readonly [name: string, text: string, flags: readonly string[], message: string])[] = [
  [
    "a draw that Brian2 has no function for",
    NEURON("reset { V ~ gamma(1 mV, 1 mV) }") + RUN(),
    [],
    "a draw from gamma in an event",
  ],
  [
    "a draw with bounds in an event",
    NEURON("reset { V ~ normal(0 mV, 1 mV, min: 0 mV) }") + RUN(),
    [],
    "cannot draw again what falls outside of bounds",
  ],
  [
    "spikes precise with --exact",
    NEURON("reset { V <- 0 }") + RUN("spikes precise"),
    ["--exact"],
    "Brian2 spikes at the ends of steps alone",
  ],
  ["an adaptive method with --exact", NEURON("reset { V <- 0 }") + RUN("method rk45"), ["--exact"], "`method rk45`"],
  [
    "a stimulus as the strength of noise",
    NEURON("reset { V <- 0 }") +
      `experiment X of N { duration 10 ms; seed 1; R = 5 mV*pulse(1, to: 5 ms)*sqrt(1 ms)*ξ }\n`,
    [],
    "beside noise, or as its strength",
  ],
  [
    "a rule behind a condition, without --exact",
    `${NEURON("reset { V <- 0 }")}synapse J { weight w : mV; on pre { post.V <- post.V + w } }
network Net { population A = 9 N; connect A -> A by J { w = 1 mV } indegree(n: 2) where i < 5 }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    [],
    "Brian2 has no rule for it",
  ],
  [
    "noise that an equation sees by way of a let",
    NEURON("reset { V <- 0 }").replace("V' = (R - V)/τ", "let drive = 2*R\n  V' = (drive - V)/τ") +
      `experiment X of N { duration 10 ms; seed 1; R = 5 mV*sqrt(1 ms)*ξ }\n`,
    [],
    "by way of a let or another input",
  ],
  [
    "a coupling that moves in the step, with --exact",
    `${NEURON("reset { V <- 0 }")}synapse G { weight w = 0.1; post.R += w*(pre.V - post.V) }
network Net { population A = 3 N; connect A -> A by G all }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    ["--exact"],
    "whose sum over connections moves inside the step",
  ],
  [
    "a state as it was",
    NEURON("reset { V <- 0 }").replace("(R - V)/τ", "(R - V(t - 2 ms))/τ") + RUN(),
    [],
    "`V(t - 2 ms)`, a state as it was",
  ],
  [
    "a state as it was in a condition",
    NEURON("reset { V <- 0 }; on V(t - 1 ms) > 5 mV { V <- 0 }") + RUN(),
    [],
    "`V(t - 1 ms)`, a state as it was",
  ],
  [
    "a coupling with a delay",
    `${NEURON("reset { V <- 0 }")}synapse G { weight w = 0.1; post.R += w*pre.V }
network Net { population A = 3 N; connect A -> A by G as gap { delay = 2 ms } all }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    [],
    "`post.R += w*pre.V` of `gap`, which reads `pre.V` as it was a delay ago",
  ],
  [
    "a state of a synapse with events that reads the source late",
    `${NEURON("reset { V <- 0 }")}synapse G { weight w = 0.1; state y = 0 mV; y' = (pre.V - y)/(5 ms); on pre { y <- y + 1 mV }; post.R += w*y }
network Net { population A = 3 N; connect A -> A by G as gap { delay ~ uniform(1 ms, 2 ms) } all }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    ["--exact"],
    "`y' = (pre.V - y)/(5 ms)` of `gap`, which reads `pre.V` as it was a delay ago",
  ],
  [
    "a stimulus in time of what is drawn, without --exact",
    `${NEURON("reset { V <- 0 }").replace("τ = 10 ms", "τ = 10 ms, A = 1 mV")}network Net { population A = 3 N { A ~ uniform(1 mV, 2 mV), R = pulse(2*A, to: 5 ms) } }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    [],
    "which reads what is drawn for each neuron",
  ],
  [
    "draws around other values for each neuron, without --exact",
    `${NEURON("reset { V <- 0 }")}network Net { population A = 2 N { V ~ normal(0 mV, 1 mV) } }
experiment X of Net { duration 10 ms; seed 1; A[1].V ~ normal(5 mV, 1 mV) }\n`,
    [],
    "whose arguments differ from one to the other",
  ],
  [
    "noise that differs between neurons, with --exact",
    `${NEURON("reset { V <- 0 }")}network Net { population A = 2 N { R = 5 mV*(i + 1)*sqrt(1 ms)*ξ } }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    ["--exact"],
    "the noise of `R` is not the same for all neurons",
  ],
];

test.each(REFUSED)("refused: %s", async (_, text, flags, message) => {
  const folder = folderWith({ "m.glif": text });
  const { code, out, err } = await glif(folder, ["export", "brian2", "m.glif", "X", "-o", "out/", ...flags]);
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(err).toContain("error[export/not-expressible]");
  expect(err).toContain(message);
  expect(err).toContain("help: ");
});

const NEARLY: readonly (readonly [name: string, text: string, message: string])[] = [
  ["spikes precise", NEURON("reset { V <- 0 }") + RUN("spikes precise"), "each spike is late by up to one"],
  ["an adaptive method", NEURON("reset { V <- 0 }") + RUN("method rk45"), "V by rk45, Brian2 all by rk4"],
  [
    "noise",
    NEURON("reset { V <- 0 }") + `experiment X of N { duration 10 ms; seed 1; R = 5 mV*sqrt(ms)*ξ }\n`,
    "the noise of N",
  ],
  ["draws in events", NEURON("reset { V ~ uniform(0 mV, 1 mV) }") + RUN(), "what events draw"],
  [
    "a rate",
    NEURON("spike with rate 0.1 /ms; reset { V <- 0 }").replace("spike when V > 10 mV\n", "") + RUN(),
    "spikes with a rate",
  ],
];

test.each(NEARLY)("told, and in the script's head: %s", async (_, text, message) => {
  const folder = folderWith({ "m.glif": text });
  const { code, out, err } = await glif(folder, ["export", "brian2", "m.glif", "X"]);
  expect(code, err).toBe(0);
  expect(err).toContain("warning[export/nearly]: not the same in Brian2: ");
  expect(err).toContain(message);
  expect(out.slice(0, out.indexOf("import numpy"))).toContain(message);
});

test("a coupling whose delay is set to 0 is one of now", async () => {
  const text = `${NEURON("reset { V <- 0 }")}synapse G { weight w = 0.1; post.R += w*pre.V }
network Net { param d = 2 ms; population A = 3 N; connect A -> A by G as gap { delay = d } all }
experiment X of Net { duration 10 ms; seed 1; d = 0 ms }\n`;
  const { code, out, err } = await glif(folderWith({ "m.glif": text }), ["export", "brian2", "m.glif", "X"]);
  expect(code, err).toBe(0);
  expect(out).toContain("R_gap_post = w*V_pre : volt (summed)");
});

test("the table of the reference is what targets say of themselves", () => {
  const reference = readFileSync(join(ROOT, "grammar", "README.md"), "utf8");
  const rows = Object.entries(CONSTRUCTS).map(
    ([construct, words]) =>
      `| ${words} | ${Object.values(TARGETS)
        .map((t) => t.takes[construct as keyof typeof CONSTRUCTS])
        .join(" | ")} |`,
  );
  expect(rows.filter((row) => !reference.includes(`\n${row}\n`))).toEqual([]);
  expect(reference).toContain(
    `| construct | ${Object.values(TARGETS)
      .map((t) => `${t.title} ${t.version}`)
      .join(" | ")} |`,
  );
});
