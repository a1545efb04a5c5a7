import { beginInProcessWith } from "../../scripts/explore/begin.js";
import { explore, replay } from "../../scripts/explore/explore.js";
import type { Provider, Resource } from "../../src/bridge/sdk.js";
import { members } from "../../src/provider/index.js";
import { pangolin } from "../../src/provider/provider.js";

/** The provider with another callback of its keys. */
const withKey = (change: (key: Resource) => Partial<Resource>): Provider => ({
  ...pangolin,
  resources: {
    ...members.resources,
    pangolin_api_key: async () => {
      const key = await members.resources.pangolin_api_key();
      return { ...key, ...change(key) };
    },
  },
});

/** Faults that somebody could make, each with a law that it breaks. */
const PLANTED: readonly { readonly fault: string; readonly provider: Provider; readonly laws: readonly string[] }[] = [
  {
    fault: "a destroy that deletes nothing",
    provider: withKey(() => ({ delete: async () => undefined })),
    laws: ["nothing that was minted is forgotten", "destroy leaves nothing of ours"],
  },
  {
    fault: "an update that says that it is done",
    provider: withKey(() => ({ update: async ({ planned }) => planned as never })),
    laws: ["no message of a defect", "an empty plan comes within five applies", "a key holds what the configuration gives it"],
  },
  {
    fault: "a read that takes any failure for the key's end",
    provider: withKey(({ read }) => ({ read: (context) => read(context).catch(() => null) })),
    laws: ["nothing that was minted is forgotten"],
  },
  {
    fault: "a read that forgets the previous key",
    provider: withKey(({ read }) => ({
      read: async (context) => {
        const state = await read(context);
        return state && { ...state, previous_key_id: null, previous_permissions: null, retire_previous_at: null, retirement_due: false };
      },
    })),
    laws: ["nothing that was minted is forgotten", "no plan is empty while a superseded key lives"],
  },
];

test.each(PLANTED)("$fault is found, and told as steps that lead there again", async ({ provider, laws }) => {
  const begin = beginInProcessWith(provider);
  const { finds } = await explore({ seed: 7, lives: 60, steps: 20, begin, shrinks: 30 });
  const [found] = finds;
  expect(laws).toContain(found?.law);
  expect(found?.script.length).toBeLessThan(12);
  await expect(replay(begin, found?.seed ?? 0, found?.script ?? [], () => undefined)).rejects.toThrow(found?.law);
});
