// S13: an example with each of its tokens deleted, and each of them doubled: what is wrong is told nearby, and the rest of the file is still there.
import { describe, expect, test } from "vitest";
import { tokenize } from "../../grammar/tokens.ts";
import type { ConnectNode, ModelFileNode } from "../../src/1-parse/ast.ts";
import { badSpans, read, readWell } from "./reading.ts";

const EXAMPLE = `/// Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018.
neuron LIF {
  param C     = 58.7 pF      /// membrane capacitance
  param G     = 9.43 nS
  param E_L   = -78.9 mV, t_ref = 3 ms
  input I_e : pA             // everything that injects current adds up here
  state V = E_L
  V' = (I_e - G*(V - E_L)) / C
  let Θ = Θ_inf
  spike when V > Θ and t > 2 ms
  reset { V <- E_L }
  refractory t_ref { hold V; drop I_e }
}

mechanism Sodium {
  param g_max = 20 nS, E = 50 mV
  function α(V : mV) : /ms = 0.1 /ms/mV * exprel((V + 40 mV)/-10 mV)
  state m = if E > 0 mV then 0.1 else 0.9
  m' = α(V)*(1 - m) - 4 /ms*m
  I_e += g_max*m^3*(E - V)
}

neuron GLIF extends LIF {
  index j = 1..2                               // after-spike currents
  param k[j]  = [0.003, 0.1] /ms
  use Sodium as fast { g_max = 30 nS }
  noise ξ_1
  interpret Itô
  state I[j] = 0 pA
  I[j]' = -k[j]*I[j] + ξ_1
  I_e  += sum(I)
  on I_e > 5 pA { n <- n + 1 }
  reset {
    I[j] <- f[j]*I[j] + δI[j]
    V    <- E_L + f_v*(V - E_L) - δV
  }
}

/// A conductance that each presynaptic spike raises by its weight.
synapse ExpConductance extends Base {
  param τ = 5 ms, E_rev = 0 mV
  weight w : nS
  single weight u : pA = 1 pA
  state g = 0 nS
  g' = -g/τ
  on pre { g <- g + w }
  on post { w <- 0.9*w }
  post.I_e += g*(E_rev - post.V)
}

network Coupled {
  param scale = 0.1
  population E = 800*scale GLIF { V ~ uniform(E_L, Θ_inf), t_ref = 1 ms }
  population I = 200 LIF
  population P = 100 poisson(8 Hz)
  population S = spikes([10 ms, 20 ms])
  connect E -> E, I by ExpConductance as exc { w ~ lognormal(mean: 0.4 nS, sd: 0.2 nS), delay = 1.5 ms } random(p: 0.1)
  connect E[0..9] -> I by Gap { } all where abs(i - j) < 3 allow self, multiple
  connect P, S -> E by ExpConductance { w = 1 nS }
    indegree(n: 10)
  connect I -> I by Gap where i < j
}

experiment Noisy of Coupled {
  duration 1 s
  step 0.1 ms
  seed 42
  method rk45(tolerance: 1e-9)
  spikes precise
  E.I_e, I.I_e = pulse(300 pA, from: 100 ms, to: 900 ms)
  record spikes
  record E[0..9].V, I.V every 0.5 ms
}

/// What adaptation is good for.
comparison Levels {
  models LIF, GLIF { k[1] = 0.01 /ms, method euler; step 0.05 ms } as "slow"
  networks Coupled
  under Noisy, Quiet
  measure rate, van_rossum(tau: 10 ms)
  measure rmse(E[0].V), synchrony(of: E)
  reference "slow"
  seeds 20
  sweep C over 50 pF .. 60 pF in 11 steps
  sweep G over [9, 10] nS
  sweep E.t_ref over 1 ms .. 4 ms in 3 logarithmic steps
  sweep E_L ~ normal(-70 mV, 2 mV) in 20 draws
}
`;

const TOKENS = tokenize(EXAMPLE).tokens.map(({ startOffset, image }) => ({
  start: startOffset,
  end: startOffset + image.length,
  image,
}));

interface Change {
  readonly text: string;
  /** Where it was made, as an offset into the new text. */
  readonly at: number;
  readonly token: string;
}

const deletions: Change[] = TOKENS.map(({ start, end, image }) => ({
  text: EXAMPLE.slice(0, start) + EXAMPLE.slice(end),
  at: start,
  token: image,
}));
const doublings: Change[] = TOKENS.map(({ end, image }) => ({
  text: `${EXAMPLE.slice(0, end)} ${image}${EXAMPLE.slice(end)}`,
  at: end + 1,
  token: image,
}));

/** How many tokens lie between two places. */
function distance(text: string, from: number, to: number): number {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return tokenize(text).tokens.filter((token) => token.startOffset >= low && token.startOffset < high).length;
}

/** Everything in a file that has a name or a left side, as `Model.kind name`. */
function contents(file: ModelFileNode): string[] {
  return file.declarations.flatMap((d) => [
    `${d.kind} ${d.name.name}`,
    ...("members" in d
      ? d.members.map(
          (m) =>
            `${d.name.name}.${m.kind} ${m.kind === "variant" ? m.model.name : m.kind === "under" ? m.experiment.name : "name" in m ? m.name.name : "target" in m ? (m.target.path[0]?.name ?? "") : m.kind === "connect" ? ends(m) : ""}`,
        )
      : []),
  ]);
}

/** What a connection says, but for its settings. */
function ends({ sources, targets, synapse, rule }: ConnectNode): string {
  return `${[...sources, ...targets].map((e) => e.population.name).join()} ${synapse.name} ${rule?.name.name ?? ""}`;
}

const WHOLE = contents(readWell(EXAMPLE));

describe.each([
  ["deleted", deletions],
  ["doubled", doublings],
])("each token %s", (_, changes) => {
  const results = changes.map((change) => ({ ...change, ...read(change.text) }));
  const wrong = results.filter(({ diagnostics }) => diagnostics.length > 0);

  test("most changes are mistakes, and most mistakes get one message", () => {
    expect(wrong.length).toBeGreaterThan(changes.length * 0.6);
    expect(wrong.filter(({ diagnostics }) => diagnostics.length === 1).length).toBeGreaterThanOrEqual(
      wrong.length * 0.9,
    );
  });

  test("the first message is at most three tokens away, nine times out of ten", () => {
    const far = wrong.filter(
      ({ text, at, diagnostics }) => distance(text, at, diagnostics[0]?.primary.span.start ?? Infinity) > 3,
    );
    expect(
      far.map(({ token, diagnostics }) => `${token}: ${diagnostics[0]?.message}`).slice(Math.floor(wrong.length * 0.1)),
    ).toEqual([]);
  });

  test("every model is still there, and nearly all that stands in them", () => {
    for (const { file, token, at } of wrong) {
      const found = contents(file);
      const lost = WHOLE.filter((what) => !found.includes(what));
      const models = lost.filter((what) => !what.includes("."));
      // A model is lost by name alone where its own name or keyword was changed.
      expect(models.length, `${token} at ${at} lost ${models.join()}`).toBeLessThanOrEqual(1);
      const members = lost.filter((what) => !models.some((model) => what.startsWith(`${model.split(" ")[1]}.`)));
      expect(members.length, `${token} at ${at} lost ${members.join()}`).toBeLessThanOrEqual(2);
    }
  });

  test("spans stay inside the file and inside one another", () => {
    for (const { file } of results) expect(badSpans(file)).toEqual([]);
  });
});
