import type * as z from "zod";
import { declarationOf } from "../../src/bridge/framework/schema/attribute.js";
import { members } from "../../src/provider/index.js";

const IDS = /^(org_id|org_ids|key_id|previous_key_id)$/;

type Member = () => Promise<{ readonly schema: z.ZodObject }>;

test("every id that a configuration can give is refused where it would change the path of a request", async () => {
  const { resources, dataSources, ephemeralResources, listResources } = members;
  const kinds = { resources, dataSources, ephemeralResources, listResources } as unknown as Record<string, Record<string, Member>>;
  const checked: string[] = [];
  for (const [kind, entries] of Object.entries(kinds))
    for (const [name, load] of Object.entries(entries))
      for (const [attribute, schema] of Object.entries((await load()).schema.shape)) {
        if (!IDS.test(attribute) || declarationOf(schema as z.ZodType)?.presence === "computed") continue;
        checked.push(`${kind} ${name} ${attribute}`);
        const given = (id: string) => (attribute.endsWith("s") ? [id] : id);
        for (const id of ["", ".", "..", "a/b", "%2e%2e"])
          expect([checked.at(-1), id, (schema as z.ZodType).safeParse(given(id)).success]).toEqual([checked.at(-1), id, false]);
        expect((schema as z.ZodType).safeParse(given("acme")).success).toBe(true);
      }
  expect(checked).toEqual(expect.arrayContaining(["resources pangolin_org org_id", "resources pangolin_api_key org_id"]));
});
