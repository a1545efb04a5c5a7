import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cornerWorkspace } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";

const withAction = (input: string, event: string, content: string, more = "") =>
  `resource "terraform_data" "it" {
  input = "${input}"
  lifecycle {
    action_trigger {
      events  = [${event}]
      actions = [action.framework_modify_file_action.file]
    }
  }
}

action "framework_modify_file_action" "file" {
  config {
    filename = "\${path.module}/written"
    content  = "${content}"
    ${more}
  }
}
`;

testSince({ terraform: "1.14" })(
  "an action is planned, told of while it runs, invoked on events and on demand, and may refuse its plan",
  async () => {
    const terraform = await cornerWorkspace(withAction("one", "before_create", "first"));
    const written = () => readFileSync(join(terraform.directory, "written"), "utf8");
    const { stdout } = await terraform.run(["apply", "-auto-approve", "-input=false"]);
    expect(stdout).toContain("writing the file");
    expect(written()).toBe("first");

    await terraform.write(withAction("one", "before_create", "second"));
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.run(["apply", "-auto-approve", "-input=false", "-invoke=action.framework_modify_file_action.file"]);
    expect(written()).toBe("second");

    await terraform.write(withAction("two", "after_update", "third"));
    await terraform.apply();
    expect(written()).toBe("third");

    await terraform.write(withAction("three", "after_update", "fourth", "plan_error = true"));
    const refused = await terraform.plan([], { expect: 1 });
    expect(refused.stderr).toContain("The attribute plan_error is true");

    await terraform.write(withAction("three", "after_update", "fourth").replace("path.module}/written", "path.module}/no/such/folder"));
    const failed = await terraform.run(["apply", "-auto-approve", "-input=false"], { expect: 1 });
    expect(failed.stderr).toContain("no such file or directory");
    expect(existsSync(join(terraform.directory, "no"))).toBe(false);
  },
);
