import { launch } from "./launch.js";
// Beside no file of its own: the schema's answer is a part of the executable.
import schema from "./schema.bin";

launch(() => schema);
