export default { serverDir: './server', modules: ['workflow/nitro'] }
