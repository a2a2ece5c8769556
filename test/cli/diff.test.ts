// glif diff: what it prints for two files, two models, and what it cannot compare.
import { expect, test } from "vitest";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

const CURRENTS = `/// Leaky integrate-and-fire neuron with after-spike currents.
neuron Adapting extends LIF {
  index j = 1..2
  param k[j] = [0.1, 0.01] /ms
  state I[j] = 0 mV                /// after-spike currents
  I[j]' = -k[j]*I[j]
  I_e += sum(I)
  reset { V <- 0 mV; I[j] <- I[j] - 1 mV }
}
`;

test("a model written otherwise is the same, and what was seen through is said", async () => {
  const cwd = folderWith({
    "a.glif": LIF,
    "b.glif": LIF.replace("τ = 10 ms", "rate = 0.1 /ms")
      .replace("(I_e - V)/τ", "rate*I_e - rate*V")
      .replace("V > Θ", "Θ < V"),
  });
  expect(await glif(cwd, ["diff", "a.glif", "b.glif"])).toEqual({
    code: 0,
    out: "LIF of a.glif and LIF of b.glif are the same model (rate = 1/τ)\n",
    err: "",
  });
});

test("two models of one file: the sentence, then what was added and changed, part by part", async () => {
  const cwd = folderWith({ "a.glif": LIF + CURRENTS });
  const { code, out, err } = await glif(cwd, ["diff", "a.glif", "LIF", "Adapting"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toBe(`Adapting = LIF + after-spike currents I[1..2] in the input + their reset

states
  + I[1..2]  0 mV   (after-spike currents)

equations
  + I[1..2]'  -k[j]*I[j]

inputs
  + I_e  sum(I)

reset
  + I[1..2]  I[j] - 1 mV

parameters
  + k[1..2]  [0.1, 0.01] /ms
`);
});

test("whatever has the same name in both files, models and experiments; the rest is named", async () => {
  const changed =
    LIF.replace("V > Θ", "V >= Θ").replace("hold V", "hold V; drop I_e") +
    CURRENTS +
    STEP.replace("20 mV", "25 mV").replace("seed 7", "seed 8\n  step 0.05 ms");
  const cwd = folderWith({ "a.glif": LIF + STEP, "b.glif": changed });
  const { code, out } = await glif(cwd, ["diff", "a.glif", "b.glif"]);
  expect(code).toBe(0);
  expect(out).toBe(`LIF of b.glif differs from LIF of a.glif in the threshold: V > Θ -> V >= Θ

threshold
  ~ spike  V > Θ -> V >= Θ

Step of b.glif differs from Step of a.glif in the threshold: V > Θ -> V >= Θ, the stimulus of I_e: pulse(20 mV, from: 10 ms, to: 90 ms) -> pulse(25 mV, from: 10 ms, to: 90 ms) and step 0.1 -> 0.05 ms

threshold
  ~ spike  V > Θ -> V >= Θ

stimulus
  ~ I_e
      - pulse(20 mV, from: 10 ms, to: 90 ms)
      + pulse(25 mV, from: 10 ms, to: 90 ms)

step
  ~ step  0.1 ms -> 0.05 ms

only in b.glif: Adapting
`);
});

test("one model of two files, and two models of two files", async () => {
  const cwd = folderWith({
    "a.glif": LIF + STEP,
    "b.glif":
      LIF.replace("Θ = 10 mV", "Θ = 0.011 V") +
      LIF.replace("neuron LIF", "neuron Other").replace("t_ref = 2 ms", "t_ref = 3 ms") +
      STEP,
  });
  expect((await glif(cwd, ["diff", "a.glif", "b.glif", "LIF"])).out).toMatch(
    /^LIF of b.glif = LIF of a.glif with Θ 10 mV -> 0.011 V\n/,
  );
  expect((await glif(cwd, ["diff", "a.glif", "b.glif", "LIF", "Other"])).out).toMatch(
    /^Other = LIF with t_ref 2 -> 3 ms\n/,
  );
  expect((await glif(cwd, ["diff", "a.glif", "-", "LIF"], { input: LIF })).out).toBe(
    "LIF of a.glif and LIF of - are the same model\n",
  );
});

test("networks by themselves; where an experiment of theirs is compared, it tells what they tell", async () => {
  const network = `${LIF}synapse Kick { weight w = 1 mV; on pre { post.V <- post.V + w } }
network Net { population E = 8 LIF; population X = 4 poisson(20 Hz); connect E -> E by Kick as EE { delay = 1 ms } random(p: 0.1); connect X -> E by Kick as in { delay = 1 ms } all }
`;
  const run = "experiment Run of Net { duration 10 ms; step 0.1 ms; record spikes }\n";
  const other = network.replace("Kick as EE { delay = 1 ms }", "Kick as EE { w = -1 mV, delay = 2 ms }");
  const cwd = folderWith({ "a.glif": network, "b.glif": other, "ra.glif": network + run, "rb.glif": other + run });
  expect((await glif(cwd, ["diff", "a.glif", "b.glif"])).out).toBe(`LIF of a.glif and LIF of b.glif are the same model

Net of b.glif differs from Net of a.glif in the delay of EE: 1 ms -> 2 ms and EE.w 1 -> -1 mV

connectivity
  ~ EE: delay  1 ms -> 2 ms   (2 times as much)

parameters
  ~ EE: w  1 mV -> -1 mV
`);
  expect((await glif(cwd, ["diff", "a.glif", "b.glif", "Net"])).out).toMatch(/^Net of b.glif differs/);
  const both = (await glif(cwd, ["diff", "ra.glif", "rb.glif"])).out;
  expect([
    both.includes("\nRun of rb.glif differs from Run of ra.glif in the delay of EE"),
    both.includes("Net of"),
  ]).toEqual([true, false]);
  expect((await glif(cwd, ["diff", "a.glif", "LIF", "Net"])).err).toContain(
    "LIF is a neuron and Net a network: name two of a kind",
  );
  expect(JSON.parse((await glif(cwd, ["diff", "--json", "a.glif", "a.glif", "Net"])).out)).toMatchObject({
    equal: true,
    comparisons: [{ kind: "network", equal: true }],
  });
});

test("a network whose experiment sets otherwise what the two differ in is told of itself", async () => {
  const model = (n: number): string => `${LIF}synapse Kick { weight w = 1 mV; on pre { post.V <- post.V + w } }
network Net { param n = ${n}; population E = n LIF; population X = 4 poisson(20 Hz); connect X -> E by Kick all }
experiment Run of Net { n = 5; duration 10 ms; step 0.1 ms; record spikes }
`;
  const cwd = folderWith({ "a.glif": model(2), "b.glif": model(3) });
  const found = await glif(cwd, ["diff", "--json", "a.glif", "b.glif"]);
  const { equal, comparisons } = JSON.parse(found.out) as {
    equal: boolean;
    comparisons: { kind: string; equal: boolean; items: { name: string }[] }[];
  };
  expect(equal).toBe(false);
  expect(comparisons.map((c) => [c.kind, c.equal])).toEqual([
    ["neuron", true],
    ["network", false],
    ["experiment", true],
  ]);
  expect(comparisons[1]?.items.map((i) => i.name)).toContain("n");
});

test("--json: equal or not, the items, what was seen through", async () => {
  const cwd = folderWith({ "a.glif": LIF, "b.glif": LIF.replace("I_e - V", "I_e + V") });
  const { code, out } = await glif(cwd, ["diff", "--json", "a.glif", "b.glif"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    equal: false,
    comparisons: [
      {
        a: { file: "a.glif", name: "LIF" },
        b: { file: "b.glif", name: "LIF" },
        kind: "neuron",
        equal: false,
        sentence: "LIF of b.glif differs from LIF of a.glif in the equation of V: (I_e - V)/τ -> (I_e + V)/τ",
        items: [
          { part: "equation", change: "changed", name: "V'", before: "(I_e - V)/τ", after: "(I_e + V)/τ", note: "" },
        ],
        through: [],
        unproven: [],
      },
    ],
    only: { a: [], b: [] },
    notCompared: [],
  });
  expect(JSON.parse((await glif(cwd, ["diff", "--json", "a.glif", "a.glif"])).out)).toMatchObject({
    equal: true,
    comparisons: [{ equal: true, items: [] }],
  });
});

test("what neither a proof nor a point decides is told as that, and ends with 3", async () => {
  const cwd = folderWith({
    "a.glif": LIF.replace("(I_e - V)/τ", "(I_e - V + 1 mV*exp(-((V - 5 mV)/(0.01 mV))^2))/τ"),
    "b.glif": LIF.replace("(I_e - V)/τ", "(I_e - V + 1 mV*exp(-((V - 7 mV)/(0.01 mV))^2))/τ"),
  });
  const { code, out } = await glif(cwd, ["diff", "a.glif", "b.glif"]);
  expect(code).toBe(3);
  expect(out)
    .toBe(`LIF of a.glif and LIF of b.glif are not proven to be the same model: the equation of V may only be written otherwise

equations
  ~ V'   (perhaps written otherwise)
      - (I_e - V + 1 mV * exp(-((V - 5 mV)/(0.01 mV))^2))/τ
      + (I_e - V + 1 mV * exp(-((V - 7 mV)/(0.01 mV))^2))/τ
`);
  const json = await glif(cwd, ["diff", "--json", "a.glif", "b.glif"]);
  expect(json.code).toBe(3);
  expect(JSON.parse(json.out)).toMatchObject({
    equal: null,
    comparisons: [{ equal: null, unproven: ["the equation of V"] }],
  });
});

test("a synapse that connects nothing in what is compared is named, and nothing is told equal of it", async () => {
  const kick = "synapse Kick { weight w = 1 mV; on pre { post.V <- post.V + w } }\n";
  const cwd = folderWith({
    "a.glif": LIF + kick,
    "b.glif": LIF + kick.replace("+ w", "- w"),
    "c.glif": LIF + kick.replace("weight", " weight"),
  });
  const { code, out } = await glif(cwd, ["diff", "a.glif", "b.glif"]);
  expect(code).toBe(3);
  expect(out).toBe(
    "LIF of a.glif and LIF of b.glif are the same model\n\nnot compared: synapse Kick, whose texts differ: no network of that name in both files connects by it\n",
  );
  expect(JSON.parse((await glif(cwd, ["diff", "--json", "a.glif", "b.glif"])).out)).toMatchObject({
    equal: null,
    notCompared: ["Kick"],
  });
  expect((await glif(cwd, ["diff", "a.glif", "c.glif"])).code).toBe(0);
});

test("mistakes in a model end with 1, wrong usage with 2", async () => {
  const cwd = folderWith({
    "a.glif": LIF + STEP,
    "b.glif": CURRENTS.replace("Adapting extends LIF", "X") + "neuron Y { }",
    "bad.glif": LIF.replace("(I_e - V)/τ", "I_e - V"),
  });
  const bad = await glif(cwd, ["diff", "a.glif", "bad.glif"]);
  expect([bad.code, bad.out]).toEqual([1, ""]);
  expect(bad.err).toContain("error[units/mismatched-sides]");
  expect((await glif(cwd, ["diff", "a.glif", "none.glif"])).err).toMatch(/none.glif: there is no such file/);
  for (const [words, saying] of [
    [["diff", "a.glif"], /missing required argument/],
    [["diff", "a.glif", "LIF"], /name two models of the file, or a second file/],
    [["diff", "a.glif", "a.glif", "LIF", "LIF", "LIF"], /two models at most/],
    [["diff", "a.glif", "LIF", "LIFF"], /a.glif has no neuron, network or experiment LIFF; did you mean LIF\?/],
    [["diff", "a.glif", "LIF", "Step"], /LIF is a neuron and Step an experiment: name two of a kind/],
    [["diff", "-", "-"], /standard input can be read once only/],
  ] as const) {
    const { code, err } = await glif(cwd, words);
    expect([words, code]).toEqual([words, 2]);
    expect(err).toMatch(saying);
  }
});

test("files with nothing in common ask for names", async () => {
  const cwd = folderWith({
    "a.glif": LIF,
    "b.glif": LIF.replace("neuron LIF", "neuron X") + LIF.replace("neuron LIF", "neuron Y"),
  });
  const { code, err } = await glif(cwd, ["diff", "a.glif", "b.glif"]);
  expect(code).toBe(2);
  expect(err).toBe(
    "error: no model has the same name in both files; name the two you mean\nhelp: a.glif has LIF\nhelp: b.glif has X, Y\nhelp: glif diff a.glif b.glif LIF X\n",
  );
});
