// Claim: plasticity rules with traces, all-to-all, nearest-neighbour and triplets, are the sums over pairs and triplets of spikes that their papers define.
// Papers: J.-P. Pfister, W. Gerstner, J. Neurosci. 26:9673 (2006) for triplets; A. Morrison, M. Diesmann, W. Gerstner, Biol. Cybern. 98:459 (2008) for the
// pairing schemes.
// Model: four sources and three relays that spike at irregular given times; every one connected with every other, 0.7 ms of delay.
// Expected: the sums, written out in this test. At equal times the postsynaptic spike comes first: it sees no trace of the presynaptic one, which sees its.
import { expect, test } from "vitest";
import { planSource, provide, run, MODELS } from "../harness.ts";

const STEP = 0.1;
const DELAY = 7;

/** Irregular spikes (steps), a multiplicative congruence of period 2^16; mean interval 12 ms. */
function train(seed: number): number[] {
  const steps: number[] = [];
  for (let x = 2 * seed + 1, n = 20; n < 3500; n += 5 + ((x >> 6) % 240)) {
    steps.push(n);
    x = (x * 25173 + 13849) & 0xffff;
  }
  return steps;
}

const PRE = [11, 12, 13, 14].map(train);
const POST = [21, 22, 23].map(train);

const csv = (trains: readonly (readonly number[])[]): string =>
  `t_ms,neuron\n${trains.flatMap((steps, k) => steps.map((n) => `${(n * STEP).toFixed(1)},${k}\n`)).join("")}`;
provide("rules_pre.csv", csv(PRE));
// Relays spike one step after they are told.
provide("rules_post.csv", csv(POST.map((steps) => steps.map((n) => n - 1))));

/** Weights by [source][target] after everything has happened. */
function weights(synapse: string): number[][] {
  const plan = planSource(
    `${MODELS}/rules.glif`,
    `
    neuron Relay { state V : 1 = 0; spike when V > 0.5; reset { V <- 0 } }
    synapse Tell { on pre { post.V <- 1 } }
    synapse Rule { ${synapse} }
    network All {
      population Pre = spikes(file("rules_pre.csv"))
      population Command = spikes(file("rules_post.csv"))
      population Post = 3 Relay
      connect Command -> Post by Tell one_to_one
      connect Pre -> Post by Rule as rule { delay = ${DELAY * STEP} ms } all
    }
    experiment Trains of All { duration 360 ms; step ${STEP} ms }`,
    "Trains",
  );
  const projection = run(plan).projections.find((p) => p.connection === "rule");
  const w = projection?.values.find((v) => v.name === "w")?.values;
  // `all`: targets ascend in the row of every source.
  return PRE.map((_, i) => POST.map((_, j) => w?.[i * POST.length + j] ?? NaN));
}

/** Sum of exp(-(lag)/τ) over the spikes before step n; those at n count where `also`. */
function trace(spikes: readonly number[], n: number, τ: number, also: boolean): number {
  return spikes.reduce((sum, s) => (s < n || (also && s === n) ? sum + Math.exp((-(n - s) * STEP) / τ) : sum), 0);
}

function nearest(spikes: readonly number[], n: number, τ: number, also: boolean): number {
  const last = spikes.filter((s) => s < n || (also && s === n)).at(-1);
  return last === undefined ? 0 : Math.exp((-(n - last) * STEP) / τ);
}

/** What each spike adds, pre- and postsynaptic spikes in order, the latter first at equal times. */
function expected(
  onPre: (arrivals: readonly number[], posts: readonly number[], n: number) => number,
  onPost: (arrivals: readonly number[], posts: readonly number[], n: number) => number,
): number[][] {
  return PRE.map((pre) => {
    const arrivals = pre.map((n) => n + DELAY);
    return POST.map(
      (posts) =>
        arrivals.reduce((w, n) => w + onPre(arrivals, posts, n), 0) +
        posts.reduce((w, n) => w + onPost(arrivals, posts, n), 0),
    );
  });
}

function expectWeights(found: readonly (readonly number[])[], sums: readonly (readonly number[])[]): void {
  sums.forEach((row, i) =>
    row.forEach((sum, j) => {
      expect(Math.abs(sum)).toBeGreaterThan(1e-4);
      // Rounding of 3600 steps of decay and some sixty terms of size 0.05 and less.
      expect(Math.abs((found[i]?.[j] ?? NaN) - sum), `${i} to ${j}`).toBeLessThan(1e-12);
    }),
  );
}

test("the trains have pairs at equal times: the order matters", () => {
  expect(PRE.some((pre) => POST.some((post) => pre.some((n) => post.includes(n + DELAY))))).toBe(true);
});

test("all-to-all pairs: the sum over all pairs of spikes", () => {
  const found = weights(
    "weight w = 0; state x = 0, y = 0; x' = -x/(20 ms); y' = -y/(30 ms); on pre { w <- w - 0.01*y; x <- x + 1 }; on post { w <- w + 0.012*x; y <- y + 1 }",
  );
  expectWeights(
    found,
    expected(
      (_, posts, n) => -0.01 * trace(posts, n, 30, true),
      (arrivals, _, n) => 0.012 * trace(arrivals, n, 20, false),
    ),
  );
});

test("nearest neighbours: each spike with the last of the other side", () => {
  const found = weights(
    "weight w = 0; state x = 0, y = 0; x' = -x/(20 ms); y' = -y/(30 ms); on pre { w <- w - 0.01*y; x <- 1 }; on post { w <- w + 0.012*x; y <- 1 }",
  );
  expectWeights(
    found,
    expected(
      (_, posts, n) => -0.01 * nearest(posts, n, 30, true),
      (arrivals, _, n) => 0.012 * nearest(arrivals, n, 20, false),
    ),
  );
});

test("triplets: pairs weighted by what the own side did before", () => {
  const found = weights(`
      param A2_plus = 0.005, A3_plus = 0.0062, A2_minus = 0.007, A3_minus = 0.0023, τ_plus = 16.8 ms, τ_x = 101 ms, τ_minus = 33.7 ms, τ_y = 125 ms
      weight w = 0
      state r1 = 0, r2 = 0, o1 = 0, o2 = 0
      r1' = -r1/τ_plus
      r2' = -r2/τ_x
      o1' = -o1/τ_minus
      o2' = -o2/τ_y
      on pre  { w <- w - o1*(A2_minus + A3_minus*r2); r1 <- r1 + 1; r2 <- r2 + 1 }
      on post { w <- w + r1*(A2_plus + A3_plus*o2);   o1 <- o1 + 1; o2 <- o2 + 1 }`);
  expectWeights(
    found,
    expected(
      (arrivals, posts, n) => -trace(posts, n, 33.7, true) * (0.007 + 0.0023 * trace(arrivals, n, 101, false)),
      (arrivals, posts, n) => trace(arrivals, n, 16.8, false) * (0.005 + 0.0062 * trace(posts, n, 125, false)),
    ),
  );
});

test("a rule with eligibility and reward: the product of a trace of pairs and of a signal, integrated by the connection", () => {
  // E. M. Izhikevich, Cereb. Cortex 17:2443 (2007): w' = e D, here with rewards at given times. Between events e and D are exponentials, so that the integral
  // from one event to the next is e D (1 - exp(-Δ(1/τ_e + 1/τ_D)))/(1/τ_e + 1/τ_D). The connection integrates by steps that hold D still over each: order 1.
  const plan = planSource(
    `${MODELS}/reward.glif`,
    `
    neuron Rewarded { state V : 1 = 0, D : 1 = 0; D' = -D/(200 ms); spike when V > 0.5; reset { V <- 0 } }
    synapse Tell { on pre { post.V <- 1 } }
    synapse Reward { on pre { post.D <- post.D + 1 } }
    synapse Eligible {
      weight w_0 = 1
      state x = 0, y = 0, e = 0, w = 0
      x' = -x/(20 ms)
      y' = -y/(20 ms)
      e' = -e/(500 ms)
      w' = post.D*e/(1 s)
      on pre  { x <- x + w_0; e <- e - 1.5*y }
      on post { y <- y + 1;   e <- e + x }
    }
    network Learning {
      population Pre = spikes([10 ms, 200 ms])
      population Command = spikes([19.9 ms, 195 ms])
      population Dopamine = spikes([100 ms, 300 ms])
      population Cell = 1 Rewarded
      connect Command -> Cell by Tell all
      connect Dopamine -> Cell by Reward all
      connect Pre -> Cell by Eligible all
    }
    experiment Trial of Learning { duration 400 ms; step ${STEP} ms }`,
    "Trial",
  );
  const w =
    run(plan)
      .projections.find((p) => p.connection === "Eligible")
      ?.values.find((v) => v.name === "w")?.values[0] ?? NaN;

  // Posts at 20 and 195.1 ms, pres at 10 and 200 ms.
  const jumps = [
    { t: 20, e: Math.exp(-10 / 20) },
    { t: 195.1, e: Math.exp(-185.1 / 20) },
    { t: 200, e: -1.5 * (Math.exp(-180 / 20) + Math.exp(-4.9 / 20)) },
  ];
  const rewards = [100, 300];
  const moments = [...new Set([...jumps.map((j) => j.t), ...rewards, 400])].sort((a, b) => a - b);
  const rate = 1 / 500 + 1 / 200;
  let [e, D, at, sum] = [0, 0, 0, 0];
  for (const t of moments) {
    sum += (e * D * -Math.expm1(-(t - at) * rate)) / rate / 1000;
    e = e * Math.exp(-(t - at) / 500) + jumps.filter((j) => j.t === t).reduce((s, j) => s + j.e, 0);
    D = D * Math.exp(-(t - at) / 200) + (rewards.includes(t) ? 1 : 0);
    at = t;
  }
  // Half a step of two decays: 0.05 ms/143 ms, 4e-4.
  expect(Math.abs(w / sum - 1)).toBeLessThan(1e-3);
  expect(Math.abs(sum)).toBeGreaterThan(0.01);
});
