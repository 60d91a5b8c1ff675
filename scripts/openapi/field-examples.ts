/** Examples of fields by their names, for schemas that have none of their own. All are of one small club. */
export const FIELD_EXAMPLES: Readonly<Record<string, unknown>> = {
  ...people(),
  ...booking(),
  ...sport(),
  ...attendance(),
  ...inBothCases(site()),
  ...runs(),
  nextCursor: null,
};

function people() {
  return {
    id: "6f1c9f0e-3b0a-4a9e-9c53-1c2d3e4f5a6b",
    name: "Ada",
    firstName: "Ada",
    nickname: null,
    email: "ada@example.com",
    recipient: "ada@example.com",
    userId: "member-001",
    timezone: "Europe/Berlin",
    language: "en",
  };
}

function booking() {
  return {
    providerId: "anna",
    providerName: "Anna Vogel",
    providerTimezone: "Europe/Berlin",
    serviceId: "personal-60",
    serviceName: "Personal training",
    slotId: 4711,
    holdId: "9b2d7c11-52c4-4a3e-8a53-6c1d2e3f4a5b",
    cancelToken: "0xvK5r9Qb2nT7cLw",
    localStart: "2026-02-02T19:30:00+01:00",
    endsAt: "2026-02-02T19:30:00.000Z",
    localEnd: "2026-02-02T20:30:00+01:00",
    expiresAt: "2026-02-02T18:35:00.000Z",
    durationMinutes: 60,
    minNoticeMinutes: 120,
    price: 80,
    capacity: 4,
    places: 3,
    booked: 1,
    cancelledAt: null,
    cancelReason: null,
    uncovered: ["personal-60"],
  };
}

function sport() {
  return {
    weekStart: "2026-02-01T23:00:00.000Z",
    weekEnd: "2026-02-08T22:59:59.999Z",
    monthStart: "2026-01-31T23:00:00.000Z",
    monthEnd: "2026-02-28T22:59:59.999Z",
    points: 640.5,
    totalPoints: 640.5,
    workouts: 4,
    totalWorkouts: 4,
    rank: 1,
    participants: 5,
    processedUsers: 40,
    exerciseId: "pullups",
    nameDe: "Klimmzüge",
    nameEn: "Pull-ups",
    slug: "weekly-goal-points",
    level: 3,
  };
}

function attendance() {
  return {
    calendarId: "team@example.com",
    consultant: "Anna Vogel",
    customer: "Ada Lovelace",
    title: "Ada Lovelace (erschienen)",
    label: "Monday",
    totalSlots: 12,
    completed: 9,
    sold: 4,
    noShows: 2,
    showRate: 75,
    netShowRate: 81.82,
    successRate: 44.44,
    noShowRate: 16.67,
    colorId: null,
    goneAt: null,
    lastNoShow: null,
  };
}

function site() {
  return {
    customerId: "shop",
    allowedOrigins: ["https://www.example.com"],
    writeKey: "twk_pub_3kTq…",
    readKey: "twk_sec_8mVr…",
    hint: "3kTq",
    eventId: "0f8fad5b-d9cb-469f-a165-70867728950e",
    eventIds: ["0f8fad5b-d9cb-469f-a165-70867728950e"],
    eventType: "page_view",
    rawEventType: "page_view",
    sessionId: "s-4f2a",
    visitorId: "v-91bc",
    page: "/prices",
    pageUrl: "https://www.example.com/prices",
    entryPage: "/",
    exitPage: "/prices",
    referrer: "news.example.com",
    source: "newsletter",
    medium: "email",
    campaign: "spring",
    utmSource: "newsletter",
    utmMedium: "email",
    utmCampaign: "spring",
    device: "mobile",
    browser: "Firefox",
    os: "Android",
    country: "DE",
    bot: null,
    visitors: 120,
    visits: 150,
    pageViews: 410,
    bounceRate: 41.33,
  };
}

function runs() {
  return {
    jobName: "weekly-events",
    requestId: "0f8fad5b-d9cb-469f-a165-70867728950e",
    key: "missed:weekly-events",
    code: "invalid-parameter",
    message: "from: expected a calendar date YYYY-MM-DD, got nothing",
    field: "from",
    expected: "a calendar date YYYY-MM-DD",
    got: "nothing",
    reason: "email-notifications-disabled",
    detail: "the run for 2026-02-02T02:00:00.000Z is completed",
    unreachable: "connect ECONNREFUSED 127.0.0.1:25",
    subject: "Deine Wochenbilanz ist da!",
    progress: { done: 4000, total: 10000 },
  };
}

/** Site tracking has the same fields in snake_case too, for clients of the older API. */
function inBothCases(fields: Record<string, unknown>): Record<string, unknown> {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { ...fields, ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [snake(name), value])) };
}
