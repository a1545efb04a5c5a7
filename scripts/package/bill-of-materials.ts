import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { version } from "../../src/version.js";

const licence = (id: string) => new Models.LicenseRepository([new Models.LicenseExpression(id)]);

export interface Content {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license?: string | undefined;
}

/** The contents of the executables as a CycloneDX SBOM in JSON. It has no date and no serial number, so it is reproducible. */
export function billOfMaterials(packages: readonly Content[], others: readonly Content[]): string {
  const subject = new Models.Component(Enums.ComponentType.Application, "terraform-provider-pangolin", {
    version,
    bomRef: "terraform-provider-pangolin",
    licenses: licence("Apache-2.0"),
  });
  const components = [...packages.map((content) => component(content, { npm: true })), ...others.map((content) => component(content))];
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component: subject }),
    components: new Models.ComponentRepository(components),
  });
  for (const { bomRef } of components) subject.dependencies.add(bomRef);
  return `${new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

const component = ({ name, version, license }: Content, from: { readonly npm?: boolean } = {}) =>
  new Models.Component(Enums.ComponentType.Library, name, {
    version,
    bomRef: `${name}@${version}`,
    ...(from.npm && { purl: `pkg:npm/${name.replace("@", "%40")}@${version}` }),
    ...(license !== undefined && { licenses: licence(license) }),
  });
