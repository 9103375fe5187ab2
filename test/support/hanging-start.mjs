// Loaded before the program: a process that is to serve never comes to that, and hears nothing.
if (process.argv[1]?.endsWith('serving/main.js')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
