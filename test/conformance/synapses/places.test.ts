// Claim: every synaptic state lives where its equations allow it to: once at the target neuron where sums obey the same equation or the target alone decides it, once
// at the source that alone decides it, at every connection otherwise; and the reason that is given is the true one.
// Why it matters: a network of 10^4 neurons and 10^7 connections has 10^4 or 10^7 values of each state.
import { describe, expect, test } from "vitest";
import { planSource, MODELS } from "../harness.ts";

/** Place of each state, and a part of the reason. */
interface Story {
  readonly claim: string;
  readonly synapse: string;
  /** Settings of the connection. */
  readonly settings?: string;
  readonly places: Readonly<Record<string, readonly [place: "target" | "source" | "connection", reason: RegExp]>>;
}

const SUM = /decays linearly with the same parameters at all connections and spikes only add to it/;
const SOURCE = /depends on presynaptic spikes alone and all connections have one delay/;
const TARGET = /depends on the postsynaptic neuron alone/;

const EXPONENTIAL =
  "param τ = 5 ms, E_rev = 0 mV; weight w : nS = 1 nS; state g = 0 nS; g' = -g/τ; on pre { g <- g + w }; post.I_e += g*(E_rev - post.V)";
const TRACES = "x' = -x/τ_x; y' = -y/τ_y";
const STDP = `param τ_x = 20 ms, τ_y = 30 ms; weight w : nS = 1 nS; state g = 0 nS, x = 0, y = 0; g' = -g/(5 ms); ${TRACES}
  on pre { g <- g + w; w <- w*(1 - 0.01*y); x <- x + 1 }; on post { w <- w*(1 + 0.01*x); y <- y + 1 }; post.I_e += g*(0 mV - post.V)`;
const TM =
  "param U = 0.5, τ_rec = 800 ms; weight w : pA = 100 pA; state I = 0 pA, x = 1; I' = -I/(3 ms); x' = (1 - x)/τ_rec; on pre { I <- I + w*U*x; x <- x - U*x }; post.I_e += I";

const STORIES: readonly Story[] = [
  { claim: "an exponential conductance is summed", synapse: EXPONENTIAL, places: { g: ["target", SUM] } },
  {
    claim: "drawn weights and delays do not matter to the sum",
    synapse: EXPONENTIAL,
    settings: "w ~ uniform(0 nS, 1 nS), delay ~ uniform(1 ms, 2 ms)",
    places: { g: ["target", SUM] },
  },
  {
    claim: "with one weight for all, what is not summed for its reversal potential is the source's own",
    synapse: EXPONENTIAL,
    settings: "E_rev ~ normal(0 mV, 5 mV)",
    places: { g: ["source", SOURCE] },
  },
  {
    claim: "a drawn decay does",
    synapse: EXPONENTIAL,
    settings: "τ ~ uniform(4 ms, 6 ms)",
    places: { g: ["connection", /its rate is not the same at all connections/] },
  },
  {
    claim: "a drawn reversal potential does",
    synapse: EXPONENTIAL,
    settings: "E_rev ~ normal(0 mV, 5 mV), w ~ uniform(0 nS, 1 nS)",
    places: { g: ["connection", /proportional to it with a factor that all connections share/] },
  },
  {
    claim: "a decay that depends on the target is the same for all that reach it",
    synapse: EXPONENTIAL.replace("-g/τ", "-g/τ*exp(post.V/(100 mV))"),
    places: { g: ["target", SUM] },
  },
  {
    claim: "one that depends on the source is not",
    synapse: EXPONENTIAL.replace("-g/τ", "-g/τ*exp(pre.V/(100 mV))"),
    settings: "w ~ uniform(0 nS, 1 nS)",
    places: { g: ["connection", /its rate is not the same at all connections/] },
  },
  {
    claim: "alpha: two linked states are summed together",
    synapse:
      "param τ = 2 ms; weight w : nS = 1 nS; state h = 0 nS/ms, g = 0 nS; h' = -h/τ; g' = h - g/τ; on pre { h <- h + w/τ }; post.I_e += g*(0 mV - post.V)",
    places: { h: ["target", SUM], g: ["target", SUM] },
  },
  {
    claim: "NMDA: a block by the target's voltage is a factor that all share",
    synapse:
      "weight w : nS = 1 nS; state a = 0 nS, b = 0 nS; a' = -a/(2 ms); b' = -b/(100 ms); on pre { a <- a + w; b <- b + w }; post.I_e += (b - a)/(1 + exp(-0.062 /mV*post.V)/3.57)*(0 mV - post.V)",
    places: { a: ["target", SUM], b: ["target", SUM] },
  },
  {
    claim: "Tsodyks-Markram: resources at the source, the current summed",
    synapse: TM,
    places: { I: ["target", SUM], x: ["source", SOURCE] },
  },
  {
    claim: "Tsodyks-Markram with delays that differ",
    synapse: TM,
    settings: "delay ~ uniform(1 ms, 2 ms)",
    places: { I: ["target", SUM], x: ["connection", /its delay differs between connections/] },
  },
  {
    claim: "Tsodyks-Markram with drawn utilization",
    synapse: TM,
    settings: "U ~ uniform(0.4, 0.6)",
    places: { I: ["target", SUM], x: ["connection", /it reads `U`, which differs between connections/] },
  },
  {
    claim: "Tsodyks-Markram with drawn weights",
    synapse: TM,
    settings: "w ~ normal(100 pA, 10 pA)",
    places: { I: ["target", SUM], x: ["source", SOURCE] },
  },
  {
    claim: "STDP: a trace at each end",
    synapse: STDP,
    places: { g: ["target", SUM], x: ["source", SOURCE], y: ["target", TARGET] },
  },
  {
    claim: "STDP with delays that differ",
    synapse: STDP,
    settings: "delay ~ uniform(1 ms, 2 ms)",
    places: { g: ["target", SUM], x: ["connection", /its delay differs between connections/], y: ["target", TARGET] },
  },
  {
    claim: "STDP with a drawn presynaptic time constant",
    synapse: STDP,
    settings: "τ_x ~ uniform(10 ms, 30 ms)",
    places: {
      g: ["target", SUM],
      x: ["connection", /it reads `τ_x`, which differs between connections/],
      y: ["target", TARGET],
    },
  },
  {
    claim: "STDP with a drawn postsynaptic time constant",
    synapse: STDP,
    settings: "τ_y ~ uniform(10 ms, 30 ms)",
    places: {
      g: ["target", SUM],
      x: ["source", SOURCE],
      y: ["connection", /it reads `τ_y`, which differs between connections/],
    },
  },
  {
    claim: "nearest neighbours: traces that are set instead of raised",
    synapse: STDP.replace("x <- x + 1", "x <- 1").replace("y <- y + 1", "y <- 1"),
    places: { g: ["target", SUM], x: ["source", SOURCE], y: ["target", TARGET] },
  },
  {
    claim: "triplets: two traces at each end",
    synapse: `weight w : mV = 1 mV; state r1 = 0, r2 = 0, o1 = 0, o2 = 0; r1' = -r1/(17 ms); r2' = -r2/(101 ms); o1' = -o1/(34 ms); o2' = -o2/(125 ms)
      on pre { post.V <- post.V + w; w <- w - 0.01 mV*o1*(1 + r2); r1 <- r1 + 1; r2 <- r2 + 1 }; on post { w <- w + 0.01 mV*r1*(1 + o2); o1 <- o1 + 1; o2 <- o2 + 1 }`,
    places: { r1: ["source", SOURCE], r2: ["source", SOURCE], o1: ["target", TARGET], o2: ["target", TARGET] },
  },
  {
    claim: "Wang's saturating receptors: not linear, but the source's own",
    synapse:
      "weight w : nS = 1 nS; state s = 0, x = 0; s' = -s/(100 ms) + 0.5 /ms*x*(1 - s); x' = -x/(2 ms); on pre { x <- x + 1 }; post.I_e += w*s*(0 mV - post.V)",
    places: { s: ["source", SOURCE], x: ["source", SOURCE] },
  },
  {
    claim: "the same with delays that differ",
    synapse:
      "weight w : nS = 1 nS; state s = 0, x = 0; s' = -s/(100 ms) + 0.5 /ms*x*(1 - s); x' = -x/(2 ms); on pre { x <- x + 1 }; post.I_e += w*s*(0 mV - post.V)",
    settings: "delay ~ uniform(1 ms, 2 ms)",
    places: {
      s: [
        "connection",
        /not linear.*its delay differs between connections|something.*its delay differs between connections/,
      ],
      x: ["connection", /its delay differs between connections/],
    },
  },
  {
    claim: "calcium from both sides belongs to the connection, and the weight that it drives",
    synapse:
      "state c = 0, ρ : 1 = 0.5; c' = -c/(20 ms); ρ' = (if c > 1.3 then 1 - ρ else -ρ)/(1 s); on pre { c <- c + 1; post.V <- post.V + ρ*(1 mV) }; on post { c <- c + 2 }",
    places: {
      c: ["connection", /postsynaptic spikes change it/],
      ρ: ["connection", /it does not begin at 0.*it reads `c`/],
    },
  },
  {
    claim: "a source that is asked for its voltage in the event cannot be summed with others, but adds to a sum",
    synapse:
      "weight w : nS = 1 nS; state g = 0 nS; g' = -g/(5 ms); on pre { g <- g + w*(1 + pre.V/(100 mV)) }; post.I_e += g*(0 mV - post.V)",
    places: { g: ["target", SUM] },
  },
  {
    claim: "a conductance that a spike sets instead of raising is the source's own",
    synapse:
      "weight w : nS = 1 nS; state g = 0 nS; g' = -g/(5 ms); on pre { g <- 1 nS }; post.I_e += g*(0 mV - post.V)",
    places: { g: ["source", SOURCE] },
  },
  {
    claim: "and its connection's where it is set to a drawn weight",
    synapse: "weight w : nS; state g = 0 nS; g' = -g/(5 ms); on pre { g <- w }; post.I_e += g*(0 mV - post.V)",
    settings: "w ~ uniform(1 nS, 2 nS)",
    places: {
      g: [
        "connection",
        /a presynaptic spike does more than add to it.*it reads `w`, which differs between connections/,
      ],
    },
  },
  {
    claim: "a conductance that is no longer proportional, once squared",
    synapse:
      "weight w : nS; state g = 0 nS; g' = -g/(5 ms); on pre { g <- g + w }; post.I_e += g*g/(1 nS)*(0 mV - post.V)",
    settings: "w ~ uniform(1 nS, 2 nS)",
    places: { g: ["connection", /what it contributes is not proportional to it/] },
  },
];

describe.each(STORIES)("$claim", ({ synapse, settings, places }) => {
  const plan = planSource(
    `${MODELS}/places.glif`,
    `
    neuron Cell {
      param C = 100 pF, G = 10 nS
      input I_e : pA
      state V = -70 mV
      V' = (I_e - G*(V + 70 mV))/C
      spike when V > -50 mV
      reset { V <- -70 mV }
      refractory 2 ms { hold V }
    }
    synapse S { ${synapse} }
    network N {
      population A = 5 Cell
      population B = 4 Cell
      connect A -> B by S { ${settings ?? ""} } all
    }
    experiment X of N { duration 1 ms }`,
    "X",
  );
  const [projection] = plan.projections;

  test("places and reasons", () => {
    expect(Object.fromEntries((projection?.places ?? []).map((p) => [p.state, p.place]))).toEqual(
      Object.fromEntries(Object.entries(places).map(([state, [place]]) => [state, place])),
    );
    for (const { state, reason } of projection?.places ?? [])
      expect(reason, state).toMatch(places[state]?.[1] ?? /never/);
  });

  test("a state of a neuron is one of its population, a state of connections one of theirs", () => {
    const states = (population: string): string[] =>
      (plan.populations.find((p) => p.name === population)?.states ?? []).map((s) => s.name);
    for (const [state, [place]] of Object.entries(places)) {
      expect(states("A").includes(`S.${state}`), `A.S.${state}`).toBe(place === "source");
      expect(states("B").includes(`S.${state}`), `B.S.${state}`).toBe(place === "target");
      expect(
        projection?.values.some((v) => v.name === state),
        state,
      ).toBe(place === "connection");
    }
  });
});

test("a weight that nothing changes is a number of the connection where all have it, memory of each where it is drawn", () => {
  const values = (settings: string): string[] => {
    const plan = planSource(
      `${MODELS}/places.glif`,
      `
      neuron Cell { state V = 0 mV; V' = -V/(10 ms); spike when V > 10 mV; reset { V <- 0 mV } }
      synapse Jump { weight w : mV; on pre { post.V <- post.V + w } }
      network N { population A = 3 Cell; connect A -> A by Jump { ${settings} } all }
      experiment X of N { duration 1 ms }`,
      "X",
    );
    return plan.projections.flatMap((p) => p.values.map((v) => v.name));
  };
  expect(values("w = 1 mV")).toEqual([]);
  expect(values("w = 1 mV*(i + 1)")).toEqual(["w"]);
  expect(values("w ~ normal(1 mV, 0.1 mV)")).toEqual(["w"]);
});
