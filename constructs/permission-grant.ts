import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { Dependable, type IConstruct, type IDependable } from "constructs";

/** Permissions that were granted together. */
export class PermissionGrant implements IDependable {
  /** Created by `grants`, not by apps. */
  constructor(
    /** The resource that writes them. */
    private readonly writtenBy: () => readonly TerraformResource[],
    /** Names, sorted. Unresolved tokens are not included. */
    readonly permissions: readonly string[],
  ) {
    Dependable.implement(this, { dependencyRoots: [...writtenBy()] });
  }

  /**
   * Makes these constructs depend on the grant: for resources that use the key at once.
   * If they are in another stack, that stack is deployed later.
   */
  applyBefore(...constructs: readonly IConstruct[]): void {
    const writers = this.writtenBy();
    for (const child of constructs.flatMap((construct) => construct.node.findAll())) {
      if (!TerraformResource.isTerraformResource(child) && !TerraformDataSource.isTerraformDataSource(child)) continue;
      const stack = TerraformStack.of(child);
      const before = new Set(child.dependsOn);
      for (const writer of writers)
        if (TerraformStack.of(writer) !== stack) stack.addDependency(TerraformStack.of(writer));
        else if (writer !== child) before.add(`${writer.terraformResourceType}.${writer.friendlyUniqueId}`);
      if (before.size > 0) child.dependsOn = [...before];
    }
  }

  /** Combines this grant and another. */
  combine(other: PermissionGrant): PermissionGrant {
    return new PermissionGrant(
      () => [...new Set([...this.writtenBy(), ...other.writtenBy()])],
      [...new Set([...this.permissions, ...other.permissions])].sort(),
    );
  }
}
