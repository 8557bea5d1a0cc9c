// Kept free of newer syntax, so that an old Node can say what is wrong with it.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Bulkhead needs Node 20.19 or newer, and this is Node ${process.versions.node}. Get a newer one from https://nodejs.org`,
  );
  process.exit(1);
}
