import { TerraformElement } from "cdktf";
import { Construct } from "constructs";
import { ApiKey } from "../generated/api-key";

/** Stands in the place of a construct that is no longer there, so its resource has the same address. */
export class ForgottenApiKey extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new RemovedBlock(this, "Resource", ApiKey.tfResourceType);
  }
}

/** Terraform's `removed` block, which CDKTF has no class for. */
class RemovedBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly terraformResourceType: string,
  ) {
    super(scope, id, terraformResourceType);
  }

  override toTerraform(): object {
    return { removed: [{ from: `${this.terraformResourceType}.${this.friendlyUniqueId}`, lifecycle: { destroy: false } }] };
  }

  /** CDKTF leaves out of HCL what it does not know, and without the block the key would be deleted. */
  override toHclTerraform(): never {
    throw new Error(`${this.node.path}: CDKTF cannot write a removed block as HCL. Synthesize JSON.`);
  }
}
