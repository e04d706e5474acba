using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A call that changes something. The call is read and checked, and then refused here or sent to a grain.</summary>
/// <remarks>
/// <para>
/// The contract fixes the order in which a call is checked. Every change uses this class, so the order is defined only here:
/// </para>
/// <list type="number">
/// <item>401 when nobody is signed in, then 403 when the role may never make this call. The authentication and authorization middleware decides both before the
/// endpoint runs.</item>
/// <item>For a known idempotency key, the first answer again, or 422 when the call has other content.</item>
/// <item>400 with all bad fields; 413 or 415 for a body that cannot be read at all.</item>
/// <item>404 when the subject does not exist or is out of reach.</item>
/// <item>403 for an override, a weight other than 1, or an institution's other fields, from a caller who is not an operator.</item>
/// <item>The refusals by rules, in their fixed order. A grain decides these.</item>
/// </list>
/// <para>
/// A grain first looks whether the key is known. So a valid call is sent to its grain at once and needs one grain call. Only when a call is refused here, the
/// grain is asked separately whether the key is known.
/// </para>
/// <para>
/// A refusal from here is decided on this process's copy of the catalogue. <see cref="CallFilter"/> decides such a call again when another process has changed
/// the catalogue meanwhile. A grain's answer is final.
/// </para>
/// </remarks>
internal sealed class Command<TBody> : Call, IBindableFromHttpContext<Command<TBody>>, IEndpointParameterMetadataProvider
    where TBody : class
{
    private readonly FieldFaults _faults;
    private readonly BodyReading<TBody> _body;
    private readonly IfMatch _ifMatch;
    private readonly IdempotencyStamp? _stamp;
    private readonly bool _isDryRun;

    private Command(HttpContext http, FieldFaults faults, BodyReading<TBody> body, IfMatch ifMatch, string? key, bool isDryRun)
        : base(http)
    {
        (_faults, _body, _ifMatch, _isDryRun) = (faults, body, ifMatch, isDryRun);
        // A dry run changes nothing, so its key is not kept and not looked up.
        _stamp = key is not null && !isDryRun && body.Hash is { } hash ? new(Who.Id, key, hash) : null;
    }

    public override bool HasKey => _stamp is not null;

    /// <summary>The caller, with the idempotency stamp and the expected version, as grains take it.</summary>
    public Caller Caller => new(Who, _stamp, _ifMatch.Version, _isDryRun);

    /// <summary>The caller, who may have named the expected version in the body too. When both versions are given, both must hold.</summary>
    public Caller CallerOf(int? version) => Caller with
    {
        SeenVersion = version is null || _ifMatch.Version is not { } seen || seen == version ? version ?? _ifMatch.Version : EntityTag.Never,
    };

    /// <summary>Whether the subject must exist: the call has <c>If-Match</c>.</summary>
    public bool MustExist => _ifMatch.MustExist;

    /// <summary>Whether the subject must not exist: the call has <c>If-None-Match: *</c>.</summary>
    public bool MustBeNew => _ifMatch.MustBeNew;

    public static async ValueTask<Command<TBody>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var faults = new FieldFaults();
        // A parameter that is passed over in silence could be a dry run that the caller asked for.
        var declared = context.GetEndpoint()?.Metadata.GetMetadata<QueryParameters>() ?? QueryParameters.None;
        QueryValues.AddUnknown(context.Request, declared, faults);
        var isDryRun = declared.Contains(QueryParameters.DryRun.Name)
            && new QueryValues(context.Request, declared, faults).Value(QueryParameters.DryRun) == true;
        var ifMatch = IfMatch.Read(context, faults);
        var key = IdempotencyKey.Read(context.Request, faults);
        return new(context, faults, await BodyReader.Read<TBody>(context, faults, isHashed: key is not null), ifMatch, key, isDryRun);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        // The router accepts any media type, because 415 comes later in the order and is a problem document.
        if (typeof(TBody) != typeof(NoBody) && typeof(TBody) != typeof(MergePatch))
            builder.Metadata.Add(new AcceptsMetadata(["*/*"], typeof(TBody), BodyReader.MayBeLeftOut<TBody>()));
    }

    /// <summary>Adds a fault outside the body, such as a malformed id in the path.</summary>
    public void AddFault(string field, string remedy) => _faults.Add(field, remedy);

    /// <summary>Runs a command of an institution.</summary>
    /// <param name="institution">The institution that the subject belongs to; null when the subject does not exist or is out of reach.</param>
    /// <param name="send">Sends the command to the institution's grain.</param>
    /// <param name="show">Makes the answer to a success.</param>
    /// <param name="isForOperators">Whether the body asks for something that only an operator may do.</param>
    /// <param name="check">Checks the body against the catalogue. Adds a fault for each value that makes no sense.</param>
    public ValueTask<IResult> Run<T>(
        InstitutionId? institution,
        Func<IInstitutionQueueGrain, TBody, Task<CommandResult<T>>> send,
        Func<T, ChangeAnswer> show,
        Func<TBody, bool>? isForOperators = null,
        Action<TBody, InstitutionId, FieldFaults>? check = null)
        where T : Snapshot
    {
        if (institution is not { } id)
            return new(Problem(_faults) ?? ApiProblem.NotFound());
        var zone = Catalogue.ZoneOf(id);
        var problem = Problem(_faults.In(zone));
        var grain = Api.Queue(id);
        if (problem is null && check is not null)
        {
            var faults = new FieldFaults();
            check(_body.Value!, id, faults);
            problem = faults.Problem();
        }

        if (problem is null && !IsOperator && isForOperators?.Invoke(_body.Value!) == true)
            problem = ApiProblem.OperatorsOnly();
        return problem is null ? Sent(send(grain, _body.Value!), show, zone) : Refused(problem, stamp => grain.Recall(stamp, Cancellation), show, zone);
    }

    /// <summary>Runs a call whose parts are commands of an institution, each with a result of its own. The parts keep idempotency keys of their own.</summary>
    public async ValueTask<IResult> RunParts(
        InstitutionId? institution, Func<IInstitutionQueueGrain, TBody, Task<IResult>> run, Func<TBody, bool> isForOperators)
    {
        if (institution is not { } id)
            return Problem(_faults) ?? ApiProblem.NotFound();
        if (Problem(_faults.In(Catalogue.ZoneOf(id))) is { } problem)
            return problem;
        if (!IsOperator && isForOperators(_body.Value!))
            return ApiProblem.OperatorsOnly();
        IsFinal = true;
        return await run(Api.Queue(id), _body.Value!);
    }

    /// <summary>Runs a command of the catalogue.</summary>
    /// <param name="refuse">Returns a refusal before the grain is asked, such as for a subject that does not exist; null when the grain decides. May add faults
    /// to the list.</param>
    /// <param name="send">Sends the command to the catalogue's grain.</param>
    /// <param name="show">Makes the answer to a success.</param>
    /// <param name="pool">The pool whose slots a refusal may name, so that the refusal shows their starts in the pool's zone; null for none.</param>
    public ValueTask<IResult> Run<T>(
        Func<TBody, FieldFaults, ApiProblem?> refuse, Func<ICatalogueGrain, TBody, Task<CommandResult<T>>> send, Func<T, ChangeAnswer> show, Pool? pool = null)
        where T : Snapshot
    {
        var grain = Api.CatalogueGrain;
        var zone = pool?.Zone ?? DateTimeZone.Utc;
        return Problem(refuse) is { } problem
            ? Refused(problem, stamp => grain.Recall(stamp, Cancellation), show, zone)
            : Sent(send(grain, _body.Value!), show, zone);
    }

    /// <summary>Answers a call that changes nothing, and therefore keeps no idempotency key.</summary>
    /// <param name="refuse">Returns a refusal; null when the call can be answered.</param>
    /// <param name="answer">Answers the call.</param>
    public async ValueTask<IResult> Answer(Func<TBody, ApiProblem?> refuse, Func<TBody, Task<IResult>> answer) =>
        Problem((body, _) => refuse(body)) is { } problem ? problem : await answer(_body.Value!);

    /// <summary>Runs a command on plans. The parameters have the meaning of those of a command of the catalogue.</summary>
    public ValueTask<IResult> RunPlans<T>(Func<TBody, ApiProblem?> refuse, Func<IPlansGrain, TBody, Task<CommandResult<T>>> send, Func<T, ChangeAnswer> show)
        where T : Snapshot
    {
        var grain = Api.Plans;
        return Problem((body, _) => refuse(body)) is { } problem
            ? Refused(problem, stamp => grain.Recall(stamp, Cancellation), show, DateTimeZone.Utc)
            : Sent(send(grain, _body.Value!), show, DateTimeZone.Utc);
    }

    /// <summary>Runs a command on people. The parameters have the meaning of those of a command of the catalogue.</summary>
    public ValueTask<IResult> RunPeople<T>(
        Func<TBody, FieldFaults, ApiProblem?> refuse, Func<PeopleCommands, TBody, Task<CommandResult<T>>> send, Func<T, ChangeAnswer> show)
        where T : Snapshot =>
        Problem(refuse) is { } problem
            ? Refused(problem, stamp => Api.CatalogueGrain.Recall(stamp, Cancellation), show, DateTimeZone.Utc)
            : Sent(send(Http.RequestServices.GetRequiredService<PeopleCommands>(), _body.Value!), show, DateTimeZone.Utc);

    /// <summary>Runs a command on imports. The parameters have the meaning of those of a command of the catalogue.</summary>
    public ValueTask<IResult> RunImports<T>(
        Func<TBody, ApiProblem?> refuse, Func<ImportCommands, TBody, Task<CommandResult<T>>> send, Func<T, ChangeAnswer> show)
        where T : Snapshot =>
        Problem((body, _) => refuse(body)) is { } problem
            ? Refused(problem, stamp => Api.CatalogueGrain.Recall(stamp, Cancellation), show, DateTimeZone.Utc)
            : Sent(send(Http.RequestServices.GetRequiredService<ImportCommands>(), _body.Value!), show, DateTimeZone.Utc);

    /// <summary>The problem of the message, or that which <paramref name="refuse"/> finds; null for none.</summary>
    private ApiProblem? Problem(Func<TBody, FieldFaults, ApiProblem?> refuse)
    {
        if (Problem(_faults) is { } problem)
            return problem;
        var faults = new FieldFaults();
        var refused = refuse(_body.Value!, faults);
        return faults.Problem() ?? refused;
    }

    /// <summary>The problem of the message: 413 or 415, or 400 with all bad fields; null when the body can be used.</summary>
    private ApiProblem? Problem(FieldFaults faults) => _body.Problem ?? faults.Problem();

    private async ValueTask<IResult> Sent<T>(Task<CommandResult<T>> sent, Func<T, ChangeAnswer> show, DateTimeZone zone)
        where T : Snapshot
    {
        IsFinal = true;
        return CommandAnswers.Of(await sent, show, zone);
    }

    private async ValueTask<IResult> Refused<T>(
        ApiProblem problem, Func<IdempotencyStamp, Task<CommandResult<Snapshot>?>> recall, Func<T, ChangeAnswer> show, DateTimeZone zone)
        where T : Snapshot
    {
        IsFinal = _body.IsTooLarge;
        return _stamp is { } stamp && await recall(stamp) is { } known ? CommandAnswers.OfRecalled(known, show, zone) : problem;
    }
}
