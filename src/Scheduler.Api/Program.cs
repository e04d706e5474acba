using Scheduler.Api;

// First, and in a method of its own: solve must not load what serving needs.
if (args is ["solve", .. var rest])
    return await SolveCommand.Run(rest);
return 0;
