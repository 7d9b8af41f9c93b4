/** Names the scripted vendor's address to the functions of a test. */
export const vendorUrlName = 'SCRIPTED_VENDOR_URL'
