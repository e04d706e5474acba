namespace Scheduler.Ledger;

/// <summary>Receives the committer numbers of this process. The feed does not read the changes with these numbers, since they are the process's own.</summary>
internal interface IOwnNumbers
{
    /// <summary>From now on the changes of this number after <paramref name="sequence"/> are this process's own.</summary>
    void Own(int committer, long sequence);

    /// <summary>From now on the changes of this number after <paramref name="sequence"/> are another process's.</summary>
    void Disown(int committer, long sequence);
}
