import { TerraformResource } from "cdktf";
import { Dependable, type IConstruct, type IDependable } from "constructs";

/** Permissions that were granted together. */
export class PermissionGrant implements IDependable {
  constructor(
    /** The resource that writes them. */
    private readonly writtenBy: () => readonly TerraformResource[],
    /** Names, sorted. */
    readonly permissions: string[],
  ) {
    Dependable.implement(this, { dependencyRoots: [...writtenBy()] });
  }

  /** Creates these constructs only after the permissions were written: for what uses the key at once. */
  applyBefore(...constructs: IConstruct[]): void {
    const before = this.writtenBy().map((resource) => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
    for (const child of constructs.flatMap((construct) => construct.node.findAll()))
      if (TerraformResource.isTerraformResource(child)) child.dependsOn = [...new Set([...(child.dependsOn ?? []), ...before])];
  }

  /** This grant and another as one. */
  combine(other: PermissionGrant): PermissionGrant {
    return new PermissionGrant(
      () => [...new Set([...this.writtenBy(), ...other.writtenBy()])],
      [...new Set([...this.permissions, ...other.permissions])].sort(),
    );
  }
}
