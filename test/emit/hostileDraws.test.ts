// Names of what events draw, of elements and of sources, whatever they are: what is emitted loads, is strict TypeScript and gives the same bits in WebAssembly.
import ts from "typescript";
import { expect, test } from "vitest";
import { buildTypeScript } from "../../src/5-emit/build.ts";
import { emitModule } from "../../src/5-emit/emitModule.ts";
import { instantiate } from "../../src/simulate/load.ts";
import { planSource, spikeTimes } from "../conformance/harness.ts";
import { strictProblems } from "./strict.ts";

const NAMES =
  "constructor __proto__ toString valueOf arguments eval await Math Float64Array prototype drawn uniform stream create memory seed states source setup size order u r eventStream".split(
    " ",
  );

function modelOf(at: number): string {
  const n = (k: number): string => NAMES[(at + k) % NAMES.length] as string;
  return `
  neuron N {
    index k = 1..3
    param ${n(0)}[k] = [5, 7, 9]
    state ${n(1)} : 1 = 0, ${n(2)}[k] : 1 = 0
    ${n(1)}' = (1.5 - ${n(1)})/(5 ms)
    ${n(2)}[k]' = -${n(2)}[k]/(${n(0)}[k]*(1 ms))
    spike when ${n(1)} > 1
    reset {
      let ${n(3)} ~ uniform(0, 0.5)
      let ${n(4)} ~ normal(0.1, 0.01)
      ${n(1)} <- ${n(3)}*${n(4)}
      ${n(2)}[k] <- ${n(2)}[k] + ${n(3)}
    }
    on ${n(1)} > 0.8 { let ${n(3)} ~ exponential(0.1); ${n(2)}[1] <- ${n(2)}[1] + ${n(3)} }
  }
  synapse S { weight ${n(5)} : 1; on pre { let ${n(6)} ~ uniform(0, 1); post.${n(1)} <- post.${n(1)} + ${n(5)}*${n(6)} } }
  network M {
    population ${n(7)} = 4 N
    population ${n(8)} = 3 poisson(80 Hz)
    connect ${n(7)} -> ${n(7)} by S as ${n(9)} { ${n(5)} = 0.1, delay = 1 ms } all
    connect ${n(8)} -> ${n(7)} by S as ${n(10)} { ${n(5)} = 0.1, delay = 1 ms } all
  }
  experiment ${n(11)} of M { duration 30 ms; step 0.1 ms; seed 1 }`;
}

test("hostile names of draws, elements and sources", () => {
  const texts = new Map<string, string>();
  for (const at of [0, 7, 15]) {
    const plan = planSource("hostile.glif", modelOf(at), NAMES[(at + 11) % NAMES.length] as string);
    const spikes = (["javascript", "webassembly"] as const).map((backend) => {
      const simulation = instantiate(plan, { backend });
      simulation.advance(300);
      return spikeTimes(simulation);
    });
    expect(spikes[0]?.length, String(at)).toBeGreaterThan(10);
    expect(spikes[1]).toEqual(spikes[0]);
    texts.set(String(at), buildTypeScript(ts, emitModule(plan)));
  }
  expect(strictProblems(texts)).toEqual([]);
});
