using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Addresses of the pages and forms for booking.</summary>
internal static class BookPaths
{
    /// <summary>The page that checks a block.</summary>
    public const string Check = "/book";

    /// <summary>The form that holds a block.</summary>
    public const string MakeHold = "/book/hold";

    /// <summary>The form that joins the waitlist.</summary>
    public const string Wait = "/book/wait";

    /// <summary>The bookings of a school.</summary>
    public const string Bookings = "/bookings";

    /// <summary>The queue of a school.</summary>
    public const string Queue = "/queue";

    /// <summary>The page of a flexible request.</summary>
    public const string Ask = "/queue/ask";

    /// <summary>The form that sends a flexible request. A form has another address than a page, because pages take forms too.</summary>
    public const string SendAsk = "/queue/send";

    /// <summary>The field that names the code of a refusal, or of another answer that is no success.</summary>
    public const string WhyField = "why";

    /// <summary>The field of the school's own reference.</summary>
    public const string ReferenceField = "reference";

    /// <summary>The field with the page to which a form leads back.</summary>
    public const string BackField = "back";

    /// <summary>The field of a hold's form whose page has said that what is typed is not held.</summary>
    public const string SeenField = "seen";

    /// <summary>The field of the queue's page with the entry whose details are shown.</summary>
    public const string EntryField = "entry";

    /// <summary>The code of a page to which a released hold has led back.</summary>
    public const string Released = "released";

    /// <summary>The code of a confirmation whose form has other candidates than the hold.</summary>
    public const string NotHeld = "not_held";

    /// <summary>The page of a hold, where it is confirmed.</summary>
    public static string Hold(HoldId hold) => $"/book/{hold}";

    /// <summary>The form that confirms a hold.</summary>
    public static string Confirm(HoldId hold) => $"/book/{hold}/confirm";

    /// <summary>The form that changes what is held.</summary>
    public static string Change(HoldId hold) => $"/book/{hold}/change";

    /// <summary>The form that holds the block of a lapsed hold again.</summary>
    public static string Repeat(HoldId hold) => $"/book/{hold}/again";

    /// <summary>The form that releases a hold.</summary>
    public static string Release(HoldId hold) => $"/book/{hold}/release";

    /// <summary>The form that releases a hold and leads back to a page of this server.</summary>
    public static string Release(HoldId hold, string back) => $"{Release(hold)}?{BackField}={Uri.EscapeDataString(back)}";

    /// <summary>The page of a booking.</summary>
    public static string Booking(BookingId booking) => $"/bookings/{booking}";

    /// <summary>The form that moves a booking.</summary>
    public static string Move(BookingId booking) => $"/bookings/{booking}/move";

    /// <summary>The form that changes the candidates of a booking.</summary>
    public static string Resize(BookingId booking) => $"/bookings/{booking}/resize";

    /// <summary>The form that cancels a booking.</summary>
    public static string Cancel(BookingId booking) => $"/bookings/{booking}/cancel";

    /// <summary>The form that reports how many candidates sat.</summary>
    public static string Attend(BookingId booking) => $"/bookings/{booking}/attend";

    /// <summary>The form that withdraws a request.</summary>
    public static string Withdraw(RequestId request) => $"/queue/{request}/withdraw";

    /// <summary>The page that changes the windows of a request.</summary>
    public static string Widen(RequestId request) => $"/queue/{request}/ask";

    /// <summary>The address with the code of an answer that is no success.</summary>
    public static string Because(string address, string code) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{WhyField}={code}";
}
