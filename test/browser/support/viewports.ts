export const desktop = { width: 1280, height: 800 }
/** The narrowest phones. */
export const phone = { width: 360, height: 740 }
