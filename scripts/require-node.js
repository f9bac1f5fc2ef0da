// Plain JavaScript that any Node reads. The scripts are TypeScript, which Node runs as it is from 22.18 on.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `This is Node ${process.versions.node}, and Node 24 is needed. It comes with "npm ci" on Linux, on macOS with Intel ` +
      'and on Windows; elsewhere install it from nodejs.org.',
  );
  process.exit(2);
}
