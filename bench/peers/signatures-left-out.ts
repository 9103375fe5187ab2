/** Loaded before a service that is to be measured without its signatures: each verifies at once, whatever it is. */
Object.assign(process.getBuiltinModule('node:crypto'), { verify: () => true })
