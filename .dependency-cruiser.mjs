// The arrows between the rooms, as ARCHITECTURE.md draws them.

/** Each room, and the rooms whose front doors it may enter. The tests may enter them all. */
const rooms = {
  iam: [],
  "root-access": ["iam"],
  components: ["iam", "root-access"],
  scenarios: ["iam", "root-access"],
  "every-component": ["components", "iam"],
  simulator: ["iam"],
  toolchain: [],
  cli: ["iam", "root-access", "scenarios", "simulator", "toolchain"],
};

const names = Object.keys(rooms);
const anyOf = (list) => list.join("|");

const arrows = names.map((room) => ({
  name: `arrows-from-${room}`,
  comment: rooms[room].length === 0 ? `${room} knows no other room.` : `${room} knows ${rooms[room].join(", ")} only.`,
  severity: "error",
  from: { path: `^${room}/` },
  to: { path: `^(${anyOf(names.filter((other) => other !== room && !rooms[room].includes(other)))})/` },
}));

export default {
  forbidden: [
    ...arrows,
    {
      name: "state-below-everything",
      comment: "The state is plain data: what works on it may know it, it knows nothing that does.",
      severity: "error",
      from: { path: "^simulator/state/" },
      to: { path: "^simulator/(services|delivery|pipeline|wire|faults|plugins)/" },
    },
    {
      name: "delivery-below-services",
      comment: "Services hand over what is to be delivered; a delivery asks none of them anything.",
      severity: "error",
      from: { path: "^simulator/delivery/" },
      to: { path: "^simulator/(services|pipeline)/" },
    },
    {
      name: "front-door-only",
      comment: "A room is entered through its index.ts.",
      severity: "error",
      from: { path: `^(${anyOf(names)})/` },
      to: { path: `^(${anyOf(names)})/`, pathNot: ["^$1/", "^[^/]+/index\\.ts$"] },
    },
    {
      name: "no-relative-import-out-of-a-room",
      comment: "Between rooms import by name (#iam, #root-access, …); package.json lists the names.",
      severity: "error",
      from: { path: `^(${anyOf(names)})/` },
      to: { path: `^(${anyOf(names)})/`, pathNot: "^$1/", dependencyTypesNot: ["aliased"] },
    },
    {
      name: "organization-stack-wires-components",
      comment: "index.ts reads the configuration, wires components and exports outputs; nothing else.",
      severity: "error",
      from: { path: "^index\\.ts$" },
      to: { path: `^(${anyOf(names)})/`, pathNot: "^components/index\\.ts$" },
    },
    {
      name: "rooms-know-no-tests",
      severity: "error",
      from: { pathNot: "^tests/" },
      to: { path: "^tests/" },
    },
    {
      name: "oracle-by-itself",
      comment: "The oracle is a second opinion on iam: it shares nothing with it, or with anything that does.",
      severity: "error",
      from: { path: "^tests/oracle/" },
      to: { pathNot: ["^tests/oracle/", "^node_modules/"] },
    },
    {
      name: "no-cycle",
      comment: "No file imports itself by way of others, types included: then each can be read after those it names.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "dependency-declared",
      comment: "What is imported stands in package.json.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^\\.local/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
