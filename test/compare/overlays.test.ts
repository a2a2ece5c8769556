// What a report draws of a recording: its columns beside the variants' in the unit that is shown, its repeats in rows.
import { expect, test } from "vitest";
import { overlaysOf } from "../../src/compare/overlays.ts";
import { recordingOf } from "../../src/compare/recordingData.ts";
import type { Overlay } from "../../src/compare/comparison.ts";
import { NEURONS, outcomesOf, readyFrom } from "./helpers.ts";

async function drawn(text: string, recording: string): Promise<Overlay> {
  const ready = readyFrom(
    `${text}comparison C { ${/network/.test(text) ? "networks" : "models"} ${/network (\w+)/.exec(text)?.[1] ?? "LIF"}; under Drive; measure rate; reference recording("cell.csv") }`,
    { stepCheck: false, files: { "cell.csv": recording } },
  );
  const runs = recordingOf(ready.prepared)?.recording?.runs ?? [];
  const [overlay] = overlaysOf(
    ready.prepared,
    ready.jobs,
    await outcomesOf(ready, { recording: runs }),
    runs,
    () => null,
  ).overlays;
  if (overlay === undefined) throw new Error("nothing is drawn");
  return overlay;
}

const recorded = ({ panels }: Overlay): unknown =>
  panels.map((p) => [p.title, p.curves.filter((c) => c.variant === null).map((c) => Array.from(c.y))]);

test("a column is drawn in the unit of its panel, whatever that of the file", async () => {
  const current = NEURONS.replace("param τ", "state I = 1 nA\n  I' = -I/τ\n  param τ").replace(
    "record spikes;",
    "record I every 1 ms; record spikes;",
  );
  expect(recorded(await drawn(current, "t (ms),V (V),I (pA)\n0,0.001,2000\n1,0.002,3000\n"))).toEqual([
    ["I (nA)", [[2, 3]]],
    ["V (mV)", [[1, 2]]],
  ]);
  // Another kind of quantity is no curve of this panel.
  expect(recorded(await drawn(NEURONS, "t (ms),V (pA)\n0,1\n1,2\n"))).toEqual([["V (mV)", []]]);
});

test("in a network a column is that of its neuron, or of whichever is shown where it names none", async () => {
  const network = `${NEURONS.replace(/experiment [^]*/, "")}network N { population E = 2 LIF }\nexperiment Drive of N { duration 100 ms; step 0.1 ms; record E[1].V every 1 ms }\n`;
  expect(recorded(await drawn(network, "t (ms),E[0].V (mV),E[1].V (mV)\n0,1,2\n"))).toEqual([["E[1].V (mV)", [[2]]]]);
  expect(recorded(await drawn(network, "t (ms),V (mV)\n0,3\n"))).toEqual([["E[1].V (mV)", [[3]]]]);
});

test("repeats of one neuron are rows of one raster", async () => {
  const { rasters } = await drawn(NEURONS, "t (ms),repeat\n5,0\n7,3\n9,3\n");
  expect(rasters.filter((r) => r.variant === null)).toEqual([
    {
      label: "recording",
      variant: null,
      rows: 2,
      rowsAre: "repeats",
      times: Float64Array.of(5, 7, 9),
      row: Float64Array.of(0, 1, 1),
    },
  ]);
});
