// Claim: spike-timing dependent plasticity with two traces changes weights as its closed form says: the additive window, and Gütig's rule as NEST has it.
// Papers: S. Song, K. D. Miller, L. F. Abbott, Nat. Neurosci. 3:919 (2000); R. Gütig et al., J. Neurosci. 23:3697 (2003); nest-simulator models/stdp_synapse.h.
// Model: postsynaptic neurons are relays that spike one step after a source tells them to, so that both ends spike at given times.
// Expected: relative 1e-12, the rounding of a thousand steps of decay.
import { describe, expect, test } from "vitest";
import { planSource, provide, reference, run, MODELS } from "../harness.ts";
import type { Simulation } from "../../../src/runtime/index.ts";
import { instantiate } from "../../../src/simulate/load.ts";

const STEP = 0.1;

const RELAY = `
  neuron Relay { state V : 1 = 0; spike when V > 0.5; reset { V <- 0 } }
  synapse Tell { on pre { post.V <- 1 } }`;

function weights(simulation: Simulation, connection: string): Float64Array | Float32Array {
  const values = simulation.projections.find((p) => p.connection === connection)?.values.find((v) => v.name === "w");
  if (values === undefined) throw new Error("no weights");
  return values.values;
}

const spikesFile = (times: readonly number[]): string =>
  `t_ms,neuron\n${times.map((t, k) => `${t.toFixed(1)},${k}\n`).join("")}`;

describe("the additive window, one pair of spikes a connection", () => {
  const { dt_post_minus_pre_ms: lags, dw }: { dt_post_minus_pre_ms: number[]; dw: number[] } =
    reference("stdp_pair_curve").reference;
  provide("window_pre.csv", spikesFile(lags.map(() => 150)));
  provide("window_post.csv", spikesFile(lags.map((lag) => 150 + lag - STEP)));

  const simulation = (settings: string): Simulation =>
    run(
      planSource(
        `${MODELS}/window.glif`,
        `${RELAY}
      synapse Stdp {
        param A_plus = 0.01, A_minus = 0.0105, τ_plus = 20 ms, τ_minus = 20 ms
        weight w = 0
        state x = 0, y = 0
        x' = -x/τ_plus
        y' = -y/τ_minus
        on pre  { w <- w - A_minus*y; x <- x + 1 }
        on post { w <- w + A_plus*x;  y <- y + 1 }
      }
      network Window {
        population Pre = spikes(file("window_pre.csv"))
        population Command = spikes(file("window_post.csv"))
        population Post = ${lags.length} Relay
        connect Command -> Post by Tell one_to_one
        connect Pre -> Post by Stdp as stdp { ${settings} } one_to_one
      }
      experiment Pairs of Window { duration 300 ms; step ${STEP} ms }`,
        "Pairs",
      ),
    );

  test.each(["", "τ_plus ~ uniform(20 ms, 20 ms), τ_minus ~ uniform(20 ms, 20 ms)"])(
    "lags of -100 ms to 100 ms {%s}",
    (settings) => {
      const found = weights(simulation(settings), "stdp");
      dw.forEach((expected, k) =>
        expect(Math.abs((found[k] ?? NaN) / expected - 1), `${lags[k]} ms`).toBeLessThan(1e-12),
      );
    },
  );

  // The delay is axonal: it moves the presynaptic spike at the synapse, and every lag by as much.
  test("a delay of 1 ms is a shift of the window by 1 ms", () => {
    const found = weights(simulation("delay = 1 ms"), "stdp");
    lags.forEach((lag, k) => {
      const shifted = lag - 1;
      // At equal times post comes first: the pair counts as depression, at its full size.
      const expected = shifted > 0 ? 0.01 * Math.exp(-shifted / 20) : -0.0105 * Math.exp(shifted / 20);
      expect(Math.abs((found[k] ?? NaN) / expected - 1), `${lag} ms`).toBeLessThan(1e-12);
    });
  });
});

describe("Gütig's rule as NEST's stdp_synapse has it, with a dendritic delay of 1 ms", () => {
  // Here a postsynaptic spike is at the synapse when it happens; NEST has it there a dendritic delay later. Weights see differences of times alone, so that
  // the delay is the same as postsynaptic spikes that happen 1 ms later. What NEST says of equal times, "potentiates, does not depress", is said in the
  // model: a postsynaptic spike of this very moment is left out of what depresses.
  const { stimulus, reference: nest, parameters: p } = reference("stdp_nest_guetig_multiplicative");
  const plan = planSource(
    `${MODELS}/gutig.glif`,
    `${RELAY}
    synapse Gutig {
      param λ = ${p.lambda}, α = ${p.alpha}, μ_plus = ${p.mu_plus}, μ_minus = ${p.mu_minus}, w_max = ${p.Wmax} pA, τ_plus = ${p.tau_plus_ms} ms, τ_minus = ${p.tau_minus_ms} ms
      weight w : pA = ${p.w0} pA
      state x = 0, y = 0, last : ms = -1 ms
      x' = -x/τ_plus
      y' = -y/τ_minus
      let u = w/w_max
      let before = if last < t then y else y - 1
      on post { w <- w_max*min(1, u + λ*(1 - u)^μ_plus*x); y <- y + 1; last <- t }
      on pre  { w <- w_max*max(0, u - α*λ*u^μ_minus*before); x <- x + 1 }
    }
    network Pair {
      population Pre = spikes([${stimulus.pre_ms.map((t: number) => `${t} ms`).join(", ")}])
      population Command = spikes([${stimulus.post_ms.map((t: number) => `${(t + p.dendritic_delay_ms - STEP).toFixed(1)} ms`).join(", ")}])
      population Post = 1 Relay
      connect Command -> Post by Tell all
      connect Pre -> Post by Gutig all
    }
    experiment Protocol of Pair { duration 200 ms; step ${STEP} ms }`,
    "Protocol",
  );

  test("the weight after every presynaptic spike", () => {
    const simulation = instantiate(plan);
    const found: number[] = stimulus.pre_ms.map((t: number) => {
      simulation.advance(Math.round(t / STEP) + 1 - simulation.steps);
      return weights(simulation, "Gutig")[0] ?? NaN;
    });
    found.forEach((w, k) =>
      expect(Math.abs(w / nest.weight_after_each_pre_spike[k] - 1), `spike ${k + 1}`).toBeLessThan(1e-12),
    );
    expect(found.length).toBe(7);
  });

  test("its two traces live at the neurons, one each", () => {
    expect(
      plan.projections.find((q) => q.connection === "Gutig")?.places.map(({ state, place }) => [state, place]),
    ).toEqual([
      ["x", "source"],
      ["y", "target"],
      ["last", "target"],
    ]);
  });
});
