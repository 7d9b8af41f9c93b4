/** The last date that a plan may name: days that are added to it leave a year of four digits, as calendars want it. */
export const latestDate = '2999-12-31'
